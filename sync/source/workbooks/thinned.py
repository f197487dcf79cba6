"""Thin out a sheet's XML: only the rows that are asked for reach the parser, which is what takes the time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import IO

_BLOCK = 1 << 20
_LONGEST_TAG = 1 << 16
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])([^>]*)>")
_ROW_END = re.compile(rb"</(?:[\w.-]+:)?row\s*>")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"']([0-9]{1,7})[\"']")


def thinned(stream: IO[bytes], wanted: Collection[int], kept: list[int]) -> Iterator[bytes]:
    """The sheet's XML in pieces, without the rows that are not wanted; `kept` is told the numbers of the others.

    It goes by the bytes, so a comment that holds a row would mislead it: good enough for a look, not for values.
    Raises ValueError on a tag that is longer than any program writes.
    """
    rest = b""
    number = 0
    skipping = False
    while block := stream.read(_BLOCK):
        rest += block
        place = 0
        while True:
            if skipping:
                end = _ROW_END.search(rest, place)
                if end is None:
                    place = max(place, len(rest) - _LONGEST_TAG)
                    break
                place, skipping = end.end(), False
            row = _ROW.search(rest, place)
            if row is None:
                whole = _last_whole(rest, place)
                yield rest[place:whole]
                place = whole
                break
            stated = _NUMBER.search(row[1])
            number = int(stated[1]) if stated else number + 1
            if number in wanted:
                kept.append(number)
                yield rest[place : row.end()]
            else:
                yield rest[place : row.start()]
                skipping = not row[1].endswith(b"/")
            place = row.end()
        rest = rest[place:]
    yield b"" if skipping else rest


def _last_whole(text: bytes, place: int) -> int:
    """The end of what can go on: a tag that the next block completes is kept back."""
    opened = text.rfind(b"<", place)
    if opened < 0 or text.find(b">", opened) >= 0:
        return len(text)
    if len(text) - opened > _LONGEST_TAG:
        raise ValueError("a tag never ends")
    return opened
