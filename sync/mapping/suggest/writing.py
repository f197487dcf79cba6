"""Writes guesses down as a mapping with comments."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from sync.api.fields import FIELD_BY_NAME
from sync.mapping.suggest.guesses import Guess, Guesses

_WIDEST = 10_000
_CHARACTERS = 90
_ID_WORDS = (("oid", "OID"), ("external", "external_oid"), ("legacy", "external_oid"), ("old", "external_oid"))


def mapping_text(guesses: Guesses, *, file: str, name: str, rows: int, sheet: str | None) -> str:
    """The mapping as YAML, each guess below a comment that says how sure it is and why.

    `file`: what was looked at, `rows` of it. `name`: the mapping's. `sheet`: the one to read, where several would fit.
    """
    document = CommentedMap()
    document["version"] = 1
    document["name"] = name
    if sheet is not None:
        document["source"] = CommentedMap({"sheet": sheet})
    document["candidate"] = _candidate(guesses.candidate)
    document["fields"] = fields = CommentedMap()
    for guess in guesses.fields:
        fields[guess.field] = _setting(guess)
        _comment(fields, guess.field, _said(guess), indent=2)
    if guesses.attributes:
        fields["candidate_attribute_data"] = CommentedMap(guesses.attributes)
        _comment(
            fields, "candidate_attribute_data", ["low: no header is like a field; these may be attributes"], indent=2
        )
    if guesses.blanks:
        document["blank_values"] = _flow(list(guesses.blanks))
        _comment(
            document, "blank_values", ["", "medium: found where others left the cell blank; taken as blank"], indent=0
        )
    for key in ("candidate", "fields"):
        _comment(document, key, [""], indent=0)
    document.yaml_set_start_comment("\n".join(_opening(guesses, file, rows)))
    text = _dumped(document)
    return text + "".join(f"# {line}\n" if line else "\n" for line in _closing(guesses))


def _opening(guesses: Guesses, file: str, rows: int) -> list[str]:
    reaching = [one.field for one in guesses.fields if FIELD_BY_NAME[one.field].contact]
    lines = [
        f"Guessed from {_plain(file)}: its header and {rows:,} {'row' if rows == 1 else 'rows'}.",
        "Look at every line, above all at those marked low, and delete what should not be sent.",
        "Then try it; a check sends nothing:",
        "  candidate-sync check FILE -m THIS_FILE",
    ]
    if reaching:
        lines.append(f"A change of {', '.join(reaching)} can make the platform text or e-mail people.")
    return lines


def _candidate(guess: Guess) -> CommentedMap:
    words = guess.column.casefold()
    kind = next((kind for word, kind in _ID_WORDS if word in words.split()), "ex_id")
    section = CommentedMap({"id": kind, "column": guess.column})
    about = "low: which id it is. OID is Paradox's own; ex_id and external_oid are those of another system"
    _comment(section, "id", [about], indent=2)
    _comment(section, "column", _said(guess), indent=2)
    return section


def _setting(guess: Guess) -> Any:  # noqa: ANN401
    if not guess.settings:
        return guess.column
    column = {"column": guess.column} if guess.column else {}
    return _flow({**column, **guess.settings})


def _flow(value: Any) -> Any:  # noqa: ANN401
    """Nested settings as they are written on one line."""
    if isinstance(value, Mapping):
        table = CommentedMap({key: _flow(inner) for key, inner in value.items()})
        table.fa.set_flow_style()
        return table
    if isinstance(value, list):
        listed = CommentedSeq(_flow(inner) for inner in value)
        listed.fa.set_flow_style()
        return listed
    return value


def _said(guess: Guess) -> list[str]:
    questions = [f"? {_plain(question)}" for question in guess.questions]
    return [f"{guess.certainty}: {_plain(guess.reason)}", *questions]


def _closing(guesses: Guesses) -> list[str]:
    if not guesses.unmapped:
        return []
    listed = [f"  {_plain(header)}" + (f" ({reason})" if reason else "") for header, reason in guesses.unmapped]
    return ["", "Not mapped, so not sent:", *listed]


def _plain(text: str) -> str:
    """The text on one line of a comment, whatever is in it."""
    shown = "".join(char if char.isprintable() else " " for char in re.sub(r"\s+", " ", text)).strip()
    return shown if len(shown) <= 4 * _CHARACTERS else shown[: 4 * _CHARACTERS] + "…"


def _comment(section: CommentedMap, key: str, lines: list[str], indent: int) -> None:
    section.yaml_set_comment_before_after_key(key, before="\n".join(lines), indent=indent)


def _dumped(document: CommentedMap) -> str:
    yaml = YAML()
    yaml.width = _WIDEST
    yaml.allow_unicode = True
    yaml.default_flow_style = False
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    out = io.StringIO()
    yaml.dump(document, out)
    return out.getvalue()
