"""A mapping that has been read and found right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sync.api.fields import FIELD_BY_NAME
from sync.mapped import Target
from sync.mapping.document import ATTRIBUTES, Document, Limits, SourceOptions
from sync.mapping.rule import Rule
from sync.mapping.template import split_template


@dataclass(frozen=True, slots=True)
class TargetRule:
    """One field's or attribute's rule, and the line that it begins in."""

    target: Target
    rule: Rule
    line: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """One column that the file must have: the header texts that it may have, and the line that asks for it."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """The mapping of one file of the mapping language.

    `fingerprint`: SHA-256 of the file's bytes. `document`: its content. `rules`: one per field or attribute, in the
    file's order. `candidate_line`: where the candidate's part begins.
    """

    path: Path
    fingerprint: str
    document: Document
    rules: tuple[TargetRule, ...]
    candidate_line: int

    @property
    def version(self) -> int:
        """The version of the mapping language."""
        return self.document.version

    @property
    def name(self) -> str:
        """The name in reports and in the ledger; the file's own without its ending where the mapping says none."""
        return self.document.name or self.path.stem

    @property
    def source(self) -> SourceOptions:
        """How to read the file: sheet, header, encoding, delimiter, hidden_rows."""
        return self.document.source

    @property
    def duplicates(self) -> str:
        """What becomes of several rows for one candidate: reject, first, last or all."""
        return self.document.duplicates

    @property
    def limits(self) -> Limits:
        """Defaults for options: rate, concurrency, max_errors (text such as `50` or `5%`), contact_limit."""
        return self.document.limits

    @property
    def id_kind(self) -> str:
        """What the candidate's id is: OID, external_oid or ex_id."""
        return str(self.document.candidate.id)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """All columns that the file must have, each once."""
        return tuple({wanted.names: wanted for wanted in self._all_wanted()}.values())

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """For each column that the file must have, the header texts that it may have."""
        return tuple(wanted.names for wanted in self.wanted)

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the API fields that the mapping touches, in the file's order."""
        return tuple(dict.fromkeys(rule.target.field for rule in self.rules))

    @property
    def contact_fields(self) -> tuple[str, ...]:
        """Those of the fields whose change can reach a person."""
        return tuple(name for name in self.fields if FIELD_BY_NAME[name].contact)

    @property
    def touches_contact(self) -> bool:
        """Whether a row of this mapping can change something that reaches a person."""
        return bool(self.contact_fields)

    def _all_wanted(self) -> Iterator[Wanted]:
        yield Wanted(self.document.candidate.column, self.candidate_line)
        for target_rule in self.rules:
            rule, line = target_rule.rule, target_rule.line
            if rule.column:
                yield Wanted(rule.column, line)
            for name in (*split_template(rule.template or "")[1::2], *rule.when):
                yield Wanted((name,), line)


def is_proven(field: str, rule: Rule) -> bool:
    """Whether the rule's last step lets only right values of the field pass: the phone transform of a phone."""
    last = rule.transform[-1].name if rule.transform else None
    return FIELD_BY_NAME[field].kind == "phone" and last == "phone" and not rule.values


def rules_of(document: Document, names: tuple[str, ...]) -> Iterator[tuple[Target, Rule]]:
    """The rules of the named fields, attributes one by one."""
    for name in names:
        part = getattr(document.fields, name)
        if name == ATTRIBUTES:
            yield from ((Target(name, key), rule) for key, rule in part.items())
        else:
            yield Target(name, proven=is_proven(name, part)), part
