"""Finds a mapping's columns in a file's header, and converts the file's chunks with the rules so bound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sync.api.fields import FIELD_BY_NAME
from sync.codes import CODES
from sync.headers import normalise_header
from sync.mapped import CANDIDATE, MappedChunk, Target, quoted
from sync.mapping.bound import BoundRule, Condition
from sync.mapping.cells import RAGGED, CellName, Cells, cells_of, row_errors
from sync.mapping.columns import column_places, positions_of
from sync.mapping.convert import Converted, convert
from sync.mapping.mapping import Mapping, TargetRule
from sync.mapping.rule import Rule
from sync.mapping.template import split_template
from sync.mapping.transforms import Place
from sync.mapping.way import way_of, way_of_id
from sync.model import Chunk, RowError


@dataclass(frozen=True, slots=True)
class BoundMapping:
    """A mapping bound to the header of one file. It keeps nothing between chunks."""

    mapping: Mapping
    header: tuple[str, ...]
    cell_name: CellName
    candidate: BoundRule
    rules: tuple[BoundRule, ...]

    @property
    def targets(self) -> tuple[Target, ...]:
        """What the rules fill, in order: the columns of each MappedChunk."""
        return tuple(rule.target for rule in self.rules)

    @property
    def used(self) -> tuple[int, ...]:
        """All header positions that the mapping looks at, in order."""
        return tuple(sorted({position for rule in (self.candidate, *self.rules) for position in rule.used}))

    @property
    def unused(self) -> tuple[str, ...]:
        """The texts of the header that the mapping does not look at, blank ones and the report's own left out."""
        places = set(range(len(self.header))) - set(self.used)
        texts = (self.header[place] for place in sorted(places))
        return tuple(text for text in texts if text.strip() and not normalise_header(text).startswith("sync_"))

    def apply(self, chunk: Chunk) -> MappedChunk:
        """Convert a chunk. Errors of the conversion are in the result, ordered by row; nothing is raised for them."""
        cells = cells_of(chunk, self.used)
        candidate, *others = (convert(rule, cells) for rule in (self.candidate, *self.rules))
        mapped = MappedChunk(
            cells.rows,
            candidate.column,
            tuple(other.column for other in others),
            (),
            self.header,
            self.cell_name,
        )
        errors = [
            *row_errors(chunk, self.header, self.cell_name, self.used),
            *self._unusable(cells, (candidate, *others)),
            *(error for converted in (candidate, *others) for error in _refused(mapped, converted)),
        ]
        return replace(mapped, errors=tuple(sorted(errors, key=lambda error: error.row)))

    def _unusable(self, cells: Cells, converted: tuple[Converted, ...]) -> Iterator[RowError]:
        """One error for each unusable cell, however many rules look at it."""
        for index, position in sorted(frozenset().union(*(one.unusable for one in converted))):
            problem = cells.bad[position][index]
            if problem.code != RAGGED:
                name = self.cell_name(problem.row, position)
                tip = CODES[problem.code].tip
                yield RowError(problem.row, problem.code, self.header[position], name, problem.message, tip)


def bind(mapping: Mapping, header: Sequence[str], cell_name: CellName) -> BoundMapping:
    """Find the mapping's columns in a header. Raises MappingError naming every column that is missing or doubled.

    `cell_name` names cells in errors: the source's own, which knows the sheet.
    """
    place_of = column_places(mapping, header)
    candidate = mapping.document.candidate
    folder = mapping.path.parent
    return BoundMapping(
        mapping,
        tuple(header),
        cell_name,
        BoundRule(
            CANDIDATE,
            positions_of(candidate.column, place_of),
            None,
            (),
            way_of_id(mapping.document, Place(folder, ())),
        ),
        tuple(_bound(target_rule, mapping, place_of) for target_rule in mapping.rules),
    )


def _refused(mapped: MappedChunk, converted: Converted) -> Iterator[RowError]:
    column = converted.column
    for index, refusal in converted.refused.items():
        subject = quoted(column.texts[index]) if column.texts[index] else "the cell"
        yield mapped.error(column, index, refusal.code, f"{subject} {refusal.reason}", refusal.tip)


def _bound(target_rule: TargetRule, mapping: Mapping, place_of: dict[str, int]) -> BoundRule:
    rule = target_rule.rule
    field = FIELD_BY_NAME[target_rule.target.field]
    way = way_of(rule, field, mapping.document, Place(mapping.path.parent, field.extensions))
    conditions = tuple(
        Condition(positions_of([name], place_of)[0], frozenset(value.strip().casefold() for value in values))
        for name, values in rule.when.items()
    )
    positions, pattern = _text_source(rule, place_of)
    return BoundRule(target_rule.target, positions, pattern, conditions, way)


def _text_source(rule: Rule, place_of: dict[str, int]) -> tuple[tuple[int, ...], str | None]:
    if rule.template is None:
        return positions_of(rule.column, place_of), None
    parts = split_template(rule.template)
    positions = tuple(place_of[normalise_header(name)] for name in parts[1::2])
    return positions, "%s".join(literal.replace("%", "%%") for literal in parts[::2])
