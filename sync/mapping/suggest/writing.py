"""Writes guesses down as a mapping with comments."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from sync.api.fields import FIELD_BY_NAME
from sync.mapping.suggest.guess import Guess, Guesses
from sync.mapping.suggest.guesses import attribute_key
from sync.mapping.suggest.headers import means_no_field, plain_words
from sync.mapping.suggest.words import ID_KINDS, listed

_WIDEST = 10_000
_LONGEST_COMMENT = 360
_COMMENT_WIDTH = 110
_NAMED_SHEETS = 5
_SHORT_LIST = 3
"""So many values of a list stand on the field's own line."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What was looked at: the file as the user gave it, how many of its rows, and whether these are all.

    `name`: the mapping's. `sheet`: the one that was read, where the workbook has several; `others`: these.
    """

    file: str
    name: str
    rows: int
    complete: bool
    sheet: str | None = None
    others: tuple[str, ...] = ()


def mapping_text(guesses: Guesses, origin: Origin) -> str:
    """The mapping as YAML, each guess below a comment that says how sure it is and why."""
    document = CommentedMap(version=1, name=origin.name)
    if origin.sheet is not None:
        document["source"] = CommentedMap(sheet=origin.sheet)
        others = "; the others: " + ", ".join(origin.others[:_NAMED_SHEETS]) if origin.others else ""
        more = ", ..." if origin.others[_NAMED_SHEETS:] else ""
        looked_at = _wrapped(f"this one of several sheets was looked at{others}{more}")
        _comment(document["source"], "sheet", looked_at, indent=2)
    document["candidate"] = _candidate(guesses.candidate)
    document["fields"] = fields = CommentedMap()
    for guess in guesses.fields:
        fields[guess.field] = _setting(guess)
        _comment(fields, guess.field, _said(guess), indent=2)
    if guesses.attributes:
        fields["candidate_attribute_data"] = CommentedMap(guesses.attributes)
        about = "low: no column is like a field; these may be attributes. Leave out what should not be sent."
        _comment(fields, "candidate_attribute_data", [about], indent=2)
    if guesses.blanks:
        document["blank_values"] = _flow(list(guesses.blanks))
        _comment(document, "blank_values", ["", "medium: cells with just this are taken as blank"], indent=0)
    for key in ("candidate", "fields", *(["source"] if origin.sheet is not None else [])):
        _comment(document, key, [""], indent=0)
    document.yaml_set_start_comment("\n".join(_opening(origin)))
    return _dumped(document) + "".join(f"# {line}".rstrip() + "\n" if line else "\n" for line in _closing(guesses))


def _opening(origin: Origin) -> list[str]:
    rows = f"{'' if origin.complete else 'the first '}{origin.rows:,} {'row' if origin.rows == 1 else 'rows'}"
    return [
        f"A mapping guessed from {_plain(origin.file)}: its header and {rows}.",
        "Each line says which column goes into which field. Above it: how sure the guess is (high, medium or low) and",
        "why. Look at every line, above all at those marked low and at the questions (?), and delete what you do not",
        "want to send. Then try it; this sends nothing:  candidate-sync check FILE -m THIS_FILE",
    ]


def _candidate(guess: Guess) -> CommentedMap:
    words = plain_words(guess.column)
    kind = next((kind for kind, named in ID_KINDS.items() if words in listed(named)), None)
    likely = "external_oid" if {"old", "legacy"} & set(words.split()) else "ex_id"
    section = CommentedMap(id=kind or likely, column=guess.column)
    about = (
        [f"high: by the header, {_plain(guess.column)}"]
        if kind
        else _wrapped(
            "low: which id this is, only you know. OID is Paradox's own; ex_id and external_oid are those of the other "
            "system that your candidates came from."
        )
    )
    _comment(section, "id", about, indent=2)
    _comment(section, "column", _said(guess), indent=2)
    return section


def _setting(guess: Guess) -> Any:  # noqa: ANN401
    column = [guess.column, *guess.reserves] if guess.reserves else guess.column
    if not guess.settings and not guess.reserves:
        return guess.column
    setting = {"column": column, **guess.settings} if guess.column else guess.settings
    values = setting.get("values", {})
    if len(values) <= _SHORT_LIST:
        return _flow(setting)
    return CommentedMap(
        {key: CommentedMap(inner) if key == "values" else _flow(inner) for key, inner in setting.items()}
    )


def _flow(value: Any) -> Any:  # noqa: ANN401
    """Nested settings as they are written on one line."""
    if isinstance(value, Mapping):
        table = CommentedMap({key: _flow(inner) for key, inner in value.items()})
        table.fa.set_flow_style()
        return table
    if isinstance(value, list):
        listing = CommentedSeq(_flow(inner) for inner in value)
        listing.fa.set_flow_style()
        return listing
    return value


def _said(guess: Guess) -> list[str]:
    contact = guess.field in FIELD_BY_NAME and FIELD_BY_NAME[guess.field].contact
    lines = [f"{guess.certainty}: {guess.reason}", *(f"? {question}" for question in guess.questions)]
    lines += ["A change of it can make Paradox text or e-mail the person."] if contact else []
    return [part for line in lines for part in _wrapped(line)]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(_plain(text), _COMMENT_WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _closing(guesses: Guesses) -> list[str]:
    lines: list[str] = []
    if guesses.held:
        lines += ["", "Not mapped yet: settle what is asked, then put the line under fields, without its #."]
        for guess in guesses.held:
            written = _dumped(CommentedMap({guess.field: _setting(guess)}))
            lines += [*(f"  # {said}" for said in _said(guess)), *(f"  {line}" for line in written.splitlines())]
    if guesses.unmapped:
        lines += ["", "Not mapped, so not sent:"]
        lines += [
            f"  {_plain(header)}" + (f" ({_plain(reason)})" if reason else "") for header, reason in guesses.unmapped
        ]
    free = [header for header, reason in guesses.unmapped if not (reason or means_no_field(header))]
    if free and not guesses.attributes:
        example = _dumped(_flow({"candidate_attribute_data": {attribute_key(free[0]): free[0]}})).strip("{} \n")
        lines += ["What is no field can be sent as an attribute, if Paradox has one for it; under fields, such as:"]
        lines += [f"  {_plain(example)}" + "}"]
    return lines


def _plain(text: str) -> str:
    """The text on one line of a comment, whatever is in it."""
    shown = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return shown if len(shown) <= _LONGEST_COMMENT else shown[:_LONGEST_COMMENT] + "…"


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
