"""The records of an .xlsb part: their types and data, streamed, and the texts in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from sync.source.workbooks.xml_parts import Parts

_BLOCK = 1 << 20
_LONGEST_HEAD = 6
_LONGEST_RECORD = 1 << 24
"""Bytes; the text of a full cell takes 65,538."""
_MORE = 0x80
"""Set in a byte of a head that another one follows."""
_NULL = 0xFFFFFFFF

BinaryRecord = tuple[int, bytes]


def part_records(parts: Parts, part: str) -> Iterator[BinaryRecord]:
    """The part's records, streamed. Raises ValueError where it ends within one."""
    with parts.stream(part) as stream:
        yield from records(stream)


def records(stream: IO[bytes]) -> Iterator[BinaryRecord]:
    """The records of the stream ([MS-XLSB] 2.1.4). Raises ValueError where it ends within one."""
    data, at, size, ended = b"", 0, 0, False
    while not ended:
        block = stream.read(_BLOCK)
        ended = not block
        left = size - at
        # Behind the last record, zeros let a head that is cut off be read, and be seen to lead beyond the end.
        data, at = data[at:size] + (block or bytes(_LONGEST_HEAD)), 0
        size = left + len(block)
        while at + _LONGEST_HEAD <= size or (ended and at < size):
            kind, start = data[at], at + 1
            if kind >= _MORE:
                kind, start = kind & 0x7F | (data[start] & 0x7F) << 7, start + 1
            length, start = data[start], start + 1
            if length >= _MORE:
                length, start = _long_length(data, start - 1)
            if start + length > size:
                break
            at = start + length
            yield kind, data[start:at]
    if at < size:
        raise ValueError("a part ends in the middle of a record")


def _long_length(data: bytes, at: int) -> tuple[int, int]:
    """A length of two to four bytes, and where the record's data begins."""
    length = 0
    for place in range(4):
        byte = data[at + place]
        length |= (byte & 0x7F) << 7 * place
        if byte < _MORE:
            break
    if length > _LONGEST_RECORD:
        raise ValueError(f"a record of {length:,} bytes")
    return length, at + place + 1


def wide_text(data: bytes, at: int) -> tuple[str, int]:
    """The XLWideString there, and where it ends; a nullable one that is null is empty.

    Raises ValueError when it is longer than its record.
    """
    length = int.from_bytes(data[at : at + 4], "little")
    if length == _NULL:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(data):
        raise ValueError("a text is longer than its record")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
