"""Find a text file's encoding: byte order mark, else UTF-8 if all of it is, else the best guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from sync.errors import SourceError
from sync.source.code_page import guess_code_page
from sync.source.local_file import blocks, reading

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 1 << 18
_LONGEST_LINE = 1 << 16
_WIDE_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec that leaves byte order marks alone, whether the file has one, and whether the codec is a guess."""

    codec: str
    marked: bool = False
    guessed: bool = False


def find_encoding(path: Path, given: str | None) -> Encoding:
    """The encoding named in the mapping, else what the bytes say; reads the whole file when there is no mark.

    Raises SourceError for an unknown encoding and for NUL bytes, which no text has.
    """
    with reading(path), path.open("rb") as file:
        head = file.read(4096)
    known = _known_codec(path, given) if given is not None else None
    for mark, codec in _MARKS:
        if head.startswith(mark) and known in {None, codec, codec[:6], "utf-8-sig"}:
            return Encoding(codec, marked=True)
    if known is not None:
        return Encoding(_without_mark(known))
    if wide := _wide_codec(head):
        return Encoding(wide, guessed=True)
    _refuse_nul(path)
    if undecodable_at(path, "utf-8") is None:
        return Encoding("utf-8")
    return Encoding(guess_code_page(_foreign_lines(path)), guessed=True)


def _known_codec(path: Path, given: str) -> str:
    try:
        codec = codecs.lookup(given).name
        "".encode(codec)
    except LookupError as error:
        raise SourceError(path, f"unknown encoding {given!r}: say e.g. utf-8, utf-16 or cp1252") from error
    return codec


def _without_mark(codec: str) -> str:
    """The codec for a file that has no mark: the commoner byte order where the name leaves it open."""
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(codec, codec)


def _wide_codec(head: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin text is NUL."""
    half = max(len(head) // 2, 1)
    high_first, low_first = head[0::2].count(0) / half, head[1::2].count(0) / half
    if max(high_first, low_first) < _WIDE_SHARE or min(high_first, low_first) > _WIDE_SHARE / 10:
        return None
    return "utf-16-be" if high_first > low_first else "utf-16-le"


def _refuse_nul(path: Path) -> None:
    position = 0
    for block in blocks(path):
        if (found := block.find(0)) >= 0:
            raise SourceError(
                path,
                f"has a NUL byte at byte {position + found}, which no text file has: it is damaged or of another kind; "
                "save it again as CSV",
            )
        position += len(block)


def undecodable_at(path: Path, codec: str) -> int | None:
    """Position of the first byte that the codec cannot read; None when it reads the whole file."""
    decoder = codecs.getincrementaldecoder(codec)()
    position = 0
    try:
        for block in blocks(path):
            size = len(block)
            decoder.decode(block)
            position += size
        size = 0
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # What the decoder kept from the block before stands in front of this one.
        return position - (len(error.object) - size) + error.start
    except UnicodeError:
        return position
    return None


def _foreign_lines(path: Path) -> bytes:
    """The first lines that are not plain ASCII; none is cut inside a character."""
    sample = bytearray()
    with reading(path), path.open("rb") as file:
        while len(sample) < _SAMPLE and (line := file.readline(_LONGEST_LINE)):
            if not line.isascii():
                sample += line
    return bytes(sample)
