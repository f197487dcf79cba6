"""A workbook as big as one likes, in the shape in which Excel writes them: shared texts, numbers, dates."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.source_files import workbook_parts

COLUMNS = (
    "Candidate ID",
    "First Name",
    "Last Name",
    "E-mail",
    "Mobile",
    "Zip",
    "Hired On",
    "Pay",
    "Status",
    "Score",
    "Use map",
    "Seen",
)
_FIRST = ("Ann", "Bob", "Cleo", "Dev", "Eva", "Finn", "Gia")
_LAST = ("Lee", "Ng", "O&apos;Neil", "Park", "Ruiz", "Sato")
_STATUS = ("Active", "Closed", "On hold")
_FORMATS = ("00000", "(000) 000-0000", "#,##0.00", "m/d/yyyy", "m/d/yyyy h:mm")
_ZIP, _PHONE, _PAY, _DATE, _MOMENT = (f' s="{place}"' for place in range(1, 6))


def big_workbook(path: Path, rows: int, *, sparse: bool = False) -> Path:
    """Write `rows` rows of these columns below their header; every id, address, phone and pay is another one.

    Where it is `sparse`, half of the cells are left out, at ever other places.
    """
    chance = random.Random(0)
    strings: dict[str, int] = {}

    def text(value: str) -> int:
        return strings.setdefault(value, len(strings))

    def cells(place: int) -> Iterator[tuple[str, str]]:
        yield ' t="s"', str(text(f"C{place:07}"))
        yield ' t="s"', str(text(_FIRST[place % 7]))
        yield ' t="s"', str(text(_LAST[place % 6]))
        yield ' t="s"', str(text(f"person{place}@example.com"))
        yield _PHONE, str(4155550000 + place)
        yield _ZIP, str(place % 99_999)
        yield _DATE, str(43_000 + place % 2_500)
        yield _PAY, f"{20_000 + place * 0.37:.2f}"
        yield ' t="s"', str(text(_STATUS[place % 3]))
        yield "", str((place * 7919 % 100_003) / 1_000)
        yield ' t="b"', str(place % 2)
        yield _MOMENT, repr(45_000 + place % 50_000 / 1_440)

    def row(number: int, made: Iterator[tuple[str, str]]) -> str:
        cells = "".join(
            f'<c r="{chr(65 + column)}{number}"{kind}><v>{value}</v></c>'
            for column, (kind, value) in enumerate(made)
            if column == 0 or number == 1 or not sparse or chance.random() < 0.5
        )
        return f'<row r="{number}" spans="1:12">{cells}</row>'

    header = row(1, ((' t="s"', str(text(name))) for name in COLUMNS))
    sheet = "".join([header, *(row(place + 2, cells(place)) for place in range(rows))])
    shared = "".join(f"<si><t>{value}</t></si>" for value in strings)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in workbook_parts(sheet, strings=shared, formats=_FORMATS).items():
            archive.writestr(name, content)
    return path
