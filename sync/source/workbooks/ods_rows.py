"""Stream the sheets and rows of an .ods from its XML; what is repeated costs no more than what is there once."""

from __future__ import annotations

from collections.abc import Iterator

from sync.source.workbooks import ods_names as ods
from sync.source.workbooks.faults import sheet_row
from sync.source.workbooks.number_text import CellFault
from sync.source.workbooks.ods_cells import cell_text
from sync.source.workbooks.ods_styles import Styles
from sync.source.workbooks.reader import MergedCells, Sheet, SheetRow
from sync.source.workbooks.xml_events import Element, discard, events
from sync.source.workbooks.xml_parts import Parts

CONTENT = "content.xml"
_STYLES = "styles.xml"
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14
_TAGS = (ods.TABLE, ods.ROW, ods.COLUMN, ods.AUTOMATIC_STYLES)
_HIDDEN = frozenset({"collapse", "filter"})


def sheets_of(parts: Parts) -> tuple[Sheet, ...]:
    """The sheets, in the order of their tabs."""
    styles = _named_styles(parts)
    sheets: list[Sheet] = []
    for event, element in events(parts.stream(CONTENT), _TAGS, ("start", "end")):
        if event == "end" and element.tag != ods.TABLE:
            if element.tag == ods.AUTOMATIC_STYLES:
                styles.take(element)
            discard(element)
        elif event == "start" and _is_sheet(element):
            hidden = element.get(ods.STYLE_NAME) in styles.hidden
            sheets.append(Sheet(element.get(ods.NAME, ""), visible=not hidden))
    return tuple(sheets)


class SheetsInTurn:
    """One reading of the workbook from its top, in which sheets are read in the order of their tabs.

    `place`: the 0-based place of the sheet that it has come to, -1 at first.
    """

    def __init__(self, parts: Parts) -> None:
        self.place = -1
        self._depth = 0
        self._styles = _named_styles(parts)
        self._events = events(parts.stream(CONTENT), _TAGS, ("start", "end"))

    def elements(self, place: int) -> Iterator[Element]:
        """The columns and rows of a later sheet, as they end, without those of tables within its cells.

        Raises RuntimeError when another sheet was begun meanwhile, or this one before.
        """
        if self.place >= place:
            raise RuntimeError("this sheet was begun before")
        for event, element in self._events:
            if element.tag == ods.TABLE:
                self.place += event == "start" and _is_sheet(element)
                self._depth += 1 if event == "start" else -1
                if event == "end" and self.place == place and _is_sheet(element):
                    return
            elif event == "end":
                if element.tag == ods.AUTOMATIC_STYLES:
                    self._styles.take(element)
                elif self.place == place and self._depth == 1:
                    yield element
                    if self.place != place:
                        raise RuntimeError("another sheet was begun before this one was read to its end")
                elif self._depth <= 1:
                    discard(element)

    def reading(self, width: int | None, merged: list[MergedCells]) -> _Reading:
        """What turns rows into cells with the styles that this reading comes by."""
        return _Reading(self._styles, width, merged)


def sheet_rows(sheets: SheetsInTurn, place: int, width: int | None, merged: list[MergedCells]) -> Iterator[SheetRow]:
    """The rows of the sheet of this 0-based place that are not empty, from the top.

    Cells at and beyond column `width` are passed over. `merged` is given the sheet's merged cells.
    Raises ValueError when there are more rows or columns than a spreadsheet can have.
    """
    reading = sheets.reading(width, merged)
    number = 0
    for element in sheets.elements(place):
        if element.tag == ods.COLUMN:
            reading.take_column(element)
        else:
            repeated = _count(element, ods.ROWS_REPEATED)
            hidden = element.get(ods.VISIBILITY) in _HIDDEN
            first, number = number + 1, number + repeated
            if cells := reading.cells(element, first):
                if number > _LAST_ROW:
                    raise ValueError(f"there is no row {number}")
                row = sheet_row(first, hidden, cells)
                yield row
                for below in range(first + 1, number + 1):
                    yield row._replace(number=below)
        discard(element)


def _named_styles(parts: Parts) -> Styles:
    """The styles of styles.xml, which those of content.xml build upon."""
    styles = Styles()
    if _STYLES in parts:
        root = parts.tree(_STYLES)
        for part in (ods.STYLES, ods.AUTOMATIC_STYLES):
            styles.take(root.iterfind(f"{part}/*"))
    return styles


def _is_sheet(table: Element) -> bool:
    parent = table.getparent()
    return parent is not None and parent.tag == ods.SPREADSHEET


def _count(element: Element, attribute: str) -> int:
    stated = element.get(attribute)
    return 1 if stated is None else max(int(stated), 1)


class _Reading:
    """Turns the rows of one sheet into cells."""

    def __init__(self, styles: Styles, width: int | None, merged: list[MergedCells]) -> None:
        self._text_of = cell_text(styles, self._style)
        self._width = _LAST_COLUMN if width is None else width
        self._merged = merged
        self._column_styles: list[str] = []

    def take_column(self, column: Element) -> None:
        """Note the style that cells of the column, and of those it stands for, have where they name none."""
        room = _LAST_COLUMN - len(self._column_styles)
        count = min(_count(column, ods.COLUMNS_REPEATED), room)
        self._column_styles.extend([column.get(ods.DEFAULT_STYLE, "")] * count)

    def cells(self, row: Element, number: int) -> list[tuple[int, str | CellFault]]:
        """The cells of the row of this number that are not empty, by their 0-based columns."""
        cells: list[tuple[int, str | CellFault]] = []
        column = 0
        for cell in row:
            if column >= self._width:
                break
            content = self._content(cell, column)
            if content and cell.get(ods.ROWS_SPANNED) is not None:
                self._note_merged(cell, number, column)
            repeated = cell.get(ods.COLUMNS_REPEATED)
            if repeated is None:
                if content:
                    cells.append((column, content))
                column += 1
                continue
            beyond = column + max(int(repeated), 1)
            if content:
                cells.extend((each, content) for each in range(column, min(beyond, self._width)))
            column = beyond
        return cells

    def _note_merged(self, cell: Element, row: int, column: int) -> None:
        last_row = row + _count(cell, ods.ROWS_SPANNED) - 1
        if last_row > row:
            last_column = column + _count(cell, ods.COLUMNS_SPANNED) - 1
            self._merged.append(MergedCells(row, last_row, column, last_column))

    def _content(self, cell: Element, column: int) -> str | CellFault:
        kind = cell.get(ods.VALUE_TYPE)
        if kind is None and len(cell) == 0 and cell.get(ods.FORMULA) is None:
            return ""
        if cell.tag != ods.CELL:  # What a merged cell covers is not shown.
            return ""
        try:
            return self._text_of(cell, kind, column)
        except CellFault as fault:
            # Its traceback would keep whoever reads the file, and so the file, from being closed.
            return fault.with_traceback(None)

    def _style(self, cell: Element, column: int) -> str:
        style = cell.get(ods.STYLE_NAME)
        if style is None and (row := cell.getparent()) is not None:
            style = row.get(ods.DEFAULT_STYLE)
        if style is not None:
            return style
        return self._column_styles[column] if column < len(self._column_styles) else ""
