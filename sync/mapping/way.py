"""A cell's way: what one rule makes of one text. It is a function of the text alone, so distinct texts are enough."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sync.api.fields import Field
from sync.mapping.arguments import Step
from sync.mapping.document import Document
from sync.mapping.nearest import nearest
from sync.mapping.refusal import CellRefused
from sync.mapping.rule import Calls, Rule
from sync.mapping.transforms import TRANSFORMS, Place


@dataclass(frozen=True, slots=True)
class Blanks:
    """Which cells count as blank, and which one clears its field; texts are without outer white space."""

    blank: frozenset[str]
    clear: str | None

    def trim(self, text: str) -> str:
        """Take outer white space off; what counts as blank becomes ""."""
        trimmed = text.strip()
        return "" if trimmed in self.blank else trimmed


@dataclass(frozen=True, slots=True)
class Way:
    """The steps that a text goes through. `instead` is what a blank one becomes; None leaves the field alone."""

    blanks: Blanks
    default: str
    instead: str | None
    required: bool
    steps: tuple[tuple[str, Step], ...]

    def text(self, cell: str) -> str:
        """The text that is converted, and shown in messages: the cell's, or the default of a blank one."""
        return self.blanks.trim(cell) or self.default

    def value(self, text: str) -> str | None:
        """Convert what `text` returned to wire text; None leaves the field alone. Raises CellRefused."""
        if not text:
            if self.required:
                raise CellRefused("missing-value", "is blank, but the mapping requires a value")
            return self.instead
        if text == self.blanks.clear:
            return ""
        for name, step in self.steps:
            text = step(text)
            if not text.strip():
                raise CellRefused("missing-value", f"is empty after the transform {name}", "Correct the cell.")
        return text


def blanks_of(document: Document) -> Blanks:
    """The document's blank_values and clear_marker, without outer white space."""
    marker = document.clear_marker.strip() if document.clear_marker else None
    return Blanks(frozenset(text.strip() for text in document.blank_values), marker or None)


def way_of(rule: Rule, field: Field, document: Document, place: Place) -> Way:
    """The way of a rule's texts. A constant's way is that of the default of a cell that is always blank."""
    steps = _steps(rule.transform, place)
    if rule.values:
        steps.append(("values", _lookup(rule.values)))
    if field.choices or field.kind == "boolean":
        steps.append(("values", partial(_wire, field=field)))
    instead = "" if rule.blank == "clear" else None
    default = (rule.value or rule.default or "").strip()
    return Way(blanks_of(document), default, instead, rule.required, tuple(steps))


def way_of_id(document: Document, place: Place) -> Way:
    """The way of the candidate's id. It cannot be cleared, so that marker is an empty id like a blank cell."""
    return Way(blanks_of(document), "", "", required=False, steps=tuple(_steps(document.candidate.transform, place)))


def _steps(calls: Calls, place: Place) -> list[tuple[str, Step]]:
    return [(call.name, TRANSFORMS[call.name].build(call.argument, place)) for call in calls]


def _lookup(values: dict[str, str]) -> Step:
    table = {key.strip().casefold(): output for key, output in values.items()}

    def look_up(text: str) -> str:
        output = table.get(text.strip().casefold())
        if output is None:
            near = ", ".join(f"'{key}'" for key in nearest(text, values))
            raise CellRefused(
                "unknown-value", "is not listed in the mapping's values", f"Nearest listed: {near}; or add it there."
            )
        return output

    return look_up


def _wire(text: str, field: Field) -> str:
    """Turn the API's own names into wire values; validation tells of any other text."""
    folded = text.strip().casefold()
    if field.kind == "boolean":
        return folded if folded in {"true", "false"} else text
    return field.wire_value(text.strip()) or text
