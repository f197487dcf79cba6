"""Find a text file's encoding: byte order mark, else the mapping's word, else UTF-8 if all of it is, else a guess."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

from sync.errors import SourceError
from sync.source.bad_bytes import place_of, refuse_no_text, undecodable_at
from sync.source.code_page import guess_code_page
from sync.source.local_file import reading

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_MARK = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
"""Codecs that would take a mark off; where they leave the byte order open, the commoner one."""
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
"""Python's codecs for text in which no spreadsheet program saves."""

_SAMPLE = 1 << 18
_LONGEST_LINE = 1 << 16
_HEAD = 1 << 14


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec that leaves byte order marks alone, and whether the file has one.

    `reason`: why it is this one, for people. `likely`: how good a guess it is; None where it is certain.
    """

    codec: str
    reason: str
    marked: bool = False
    likely: bool | None = None


def find_encoding(path: Path, given: str | None) -> Encoding:
    """The encoding that the mark states, else the mapping (`given`), else the bytes; those are read to the last one.

    Raises SourceError for an unknown encoding, for NUL characters, which no text has, and for bytes that are not of
    the encoding.
    """
    stated = None if given is None else _known_codec(path, given)
    encoding = _marked(path, stated) or _stated(stated) or _wide(path)
    if encoding is not None:
        refuse_no_text(path, encoding.codec)
        return encoding
    refuse_no_text(path, "utf-8")
    bad = undecodable_at(path, "utf-8")
    if bad is None:
        return Encoding("utf-8", "all of the file is UTF-8")
    sample = _foreign_lines(path)
    if _mostly_utf8(sample):
        raise SourceError(
            path,
            f"{place_of(path, bad)} is not UTF-8, though the rest of the file is: correct that cell, or say the "
            "file's encoding as source.encoding in the mapping, e.g. cp1252",
        )
    guess = guess_code_page(sample)
    return Encoding(guess.codec, "a guess", likely=guess.likely)


def _known_codec(path: Path, given: str) -> str:
    try:
        codec = codecs.lookup(given).name
        if codec in _NO_CHARSETS:
            raise LookupError
        "".encode(codec)
    except (LookupError, ValueError) as error:
        raise SourceError(path, f"unknown encoding {given!r}: say e.g. utf-8, utf-16 or cp1252") from error
    return codec


def _marked(path: Path, stated: str | None) -> Encoding | None:
    """What the mark says, whatever the mapping does: those bytes mean nothing in any other encoding."""
    with reading(path), path.open("rb") as file:
        head = file.read(4)
    codec = next((codec for mark, codec in _MARKS if head.startswith(mark)), None)
    if codec is None:
        return None
    reason = "its byte order mark says so"
    if stated is not None and not codec.startswith(stated.removesuffix("-sig")):
        reason += f", though the mapping says {stated}"
    return Encoding(codec, reason, marked=True)


def _stated(stated: str | None) -> Encoding | None:
    return Encoding(_WITHOUT_MARK.get(stated, stated), "said in the mapping") if stated is not None else None


def _wide(path: Path) -> Encoding | None:
    """UTF-16 without its mark: its line ends show which of two bytes comes first."""
    with reading(path), path.open("rb") as file:
        head = file.read(_HEAD)
    for codec in ("utf-16-le", "utf-16-be"):
        ends = {"\n".encode(codec), "\r".encode(codec)}
        lines = sum(head[place : place + 2] in ends for place in range(0, len(head), 2))
        if lines and 2 * lines >= head.count(b"\n") + head.count(b"\r") and undecodable_at(path, codec) is None:
            return Encoding(codec, "a guess", likely=True)
    return None


def _foreign_lines(path: Path) -> bytes:
    """The first lines that are not plain ASCII; none is cut inside a character."""
    sample = bytearray()
    with reading(path), path.open("rb") as file:
        while len(sample) < _SAMPLE and (line := file.readline(_LONGEST_LINE)):
            if not line.isascii():
                sample += line
    return bytes(sample)


def _mostly_utf8(sample: bytes) -> bool:
    """Whether as many characters are well-formed UTF-8 as bytes are not; that hardly happens by chance."""
    text = sample.decode("utf-8", errors="replace")
    foreign = sum(not char.isascii() for char in text)
    bad = text.count("\ufffd")
    return foreign - bad >= bad
