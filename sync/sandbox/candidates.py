"""The candidates: who is known under which id, what was applied to each, and what reading one shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sync.api.fields import FIELDS, Field
from sync.sandbox.rules import ATTRIBUTES
from sync.sandbox.values import e164

_READABLE = tuple(field for field in FIELDS if field.read and field.kind != "attributes")
_FILES = frozenset(field.name for field in FIELDS if field.kind == "file")
# What the API takes where nothing was written (page).
_DEFAULTS = {"primary_contact_method": "3", "language_preference": "en"}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@dataclass(slots=True)
class Candidate:
    """One candidate.

    `values` has all that was applied, by field: `note` as a list of texts, each file as a list of `name`, `size`
    and `sha256`. `more` is what a seed has beside the fields; a read shows it as it is. `puts` counts updates.
    """

    oid: str
    external_oid: str
    ex_id: str
    values: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    puts: int = 0
    created_at: str = field(default_factory=_now)
    updated_at: str = field(default_factory=_now)

    def apply(self, values: Mapping[str, Any], *, replace_attributes: bool, set_note: bool) -> None:
        """Apply checked values. Notes and files are added to those there are; an empty one removes them all."""
        for name, value in values.items():
            if name == ATTRIBUTES:
                self.set_attributes(value, replace=replace_attributes)
            elif name in _FILES or name == "note":
                kept = [] if value == "" or (name == "note" and set_note) else self.values.get(name, [])
                self.values[name] = kept if value == "" else [*kept, value]
            else:
                self.values[name] = value
        self.updated_at = _now()

    def set_attributes(self, attributes: Mapping[str, str], *, replace: bool) -> None:
        """Merge the attributes into those there are, or replace them all."""
        kept = {} if replace else self.values.get(ATTRIBUTES, {})
        self.values[ATTRIBUTES] = {**kept, **attributes}
        self.updated_at = _now()

    def shown(self, *, attributes: bool) -> dict[str, Any]:
        """What a read shows: each field under the first of its `read` names, "" where nothing was written."""
        record: dict[str, Any] = {"OID": self.oid, "external_oid": self.external_oid, "ex_id": self.ex_id}
        for readable in _READABLE:
            record[readable.read[0]] = _shown(
                readable, self.values.get(readable.name) or _DEFAULTS.get(readable.name, "")
            )
        record["formatted_number"] = record["phone"]
        if attributes:
            record[ATTRIBUTES] = self.values.get(ATTRIBUTES, {})
        return {**self.more, **record, "created_at": self.created_at, "updated_at": self.updated_at}

    def full(self) -> dict[str, Any]:
        """The candidate with all that was applied, as the state's form has it."""
        return {
            "OID": self.oid,
            "external_oid": self.external_oid,
            "ex_id": self.ex_id,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
            "puts": self.puts,
            "values": self.values,
        }


class Candidates:
    """All candidates by their ids. Without a seed, every id is known but those that begin with `missing`."""

    def __init__(self, seed: list[Candidate] | None) -> None:
        self._makes_any = seed is None
        self._by_oid: dict[str, Candidate] = {}
        self._by_external_oid: dict[str, Candidate] = {}
        self._by_ex_id: dict[str, list[Candidate]] = {}
        for candidate in seed or []:
            self.add(candidate)

    def __len__(self) -> int:
        return len(self._by_oid)

    def __iter__(self) -> Iterator[Candidate]:
        return iter(list(self._by_oid.values()))

    def add(self, candidate: Candidate) -> None:
        """Make a candidate known under its ids."""
        self._by_oid[candidate.oid] = candidate
        if candidate.external_oid:
            self._by_external_oid.setdefault(candidate.external_oid, candidate)
        if candidate.ex_id:
            self._by_ex_id.setdefault(candidate.ex_id, []).append(candidate)

    def known(self, candidate_id: str) -> Candidate | None:
        """The candidate with this OID, external_oid or ex_id (of several with this ex_id the first), if any."""
        with_ex_id = self._by_ex_id.get(candidate_id, [])
        return self.known_by_oid(candidate_id) or next(iter(with_ex_id), None)

    def known_by_oid(self, candidate_id: str) -> Candidate | None:
        """The candidate with this OID or external_oid, if any."""
        return self._by_oid.get(candidate_id) or self._by_external_oid.get(candidate_id)

    def find(self, candidate_id: str) -> Candidate | None:
        """The candidate with this id; without a seed, one that nobody asked for yet is made."""
        return self.known(candidate_id) or next(iter(self.with_ex_id(candidate_id)), None)

    def with_ex_id(self, ex_id: str) -> list[Candidate]:
        """All candidates with this ex_id; without a seed, one that nobody asked for yet is made."""
        if self._makes_any and ex_id not in self._by_ex_id and ex_id and not ex_id.startswith("missing"):
            self.add(Candidate(oid_of("OID", ex_id), oid_of("external_oid", ex_id), ex_id))
        return self._by_ex_id.get(ex_id, [])


def oid_of(*parts: str) -> str:
    """An OID made from texts: the same texts give the same one."""
    return hashlib.blake2b(json.dumps(parts).encode("ascii"), digest_size=12).hexdigest()


def _shown(readable: Field, value: str) -> str | int:
    if readable.kind == "phone":
        return e164(value) or value
    if readable.name == "primary_contact_method" and value.isdecimal():
        return int(value)
    return value
