"""Find what no text has: NUL characters and bytes that are not of the encoding; and say where it stands."""

from __future__ import annotations

import codecs
from pathlib import Path

from sync.errors import SourceError
from sync.source.local_file import blocks

LONGEST_LINE = 64 << 20
"""Bytes; a reader has to hold a whole line."""


def refuse_no_text(path: Path, codec: str) -> None:
    """Raise SourceError when a character is NUL, or when a line is so long that it would fill the memory."""
    width = 4 if codec.startswith("utf-32") else 2 if codec.startswith("utf-16") else 1
    position = line = 0
    for block in blocks(path):
        if (found := _nul_in(block, width)) >= 0:
            raise SourceError(
                path,
                f"has a NUL byte at {place_of(path, position + found)}, which no text file has: it is damaged or of "
                "another kind; save it again as CSV",
            )
        position += len(block)
        line = 0 if b"\n" in block or b"\r" in block else line + len(block)
        if line > LONGEST_LINE:
            raise SourceError(
                path, f"has a line of over {LONGEST_LINE >> 20} MB, so it is no table: save it again as CSV"
            )


def _nul_in(block: bytes, width: int) -> int:
    """Place of the first character that is NUL, in bytes; -1 when there is none."""
    found = block.find(bytes(width))
    while found >= 0 and found % width:
        found = block.find(bytes(width), found + 1)
    return found


def place_of(path: Path, byte: int) -> str:
    """The byte's line, as an editor numbers it, and its own number from the file's beginning."""
    left, line = byte, 1
    for block in blocks(path):
        line += block[:left].count(b"\n")
        left -= len(block)
        if left <= 0:
            break
    return f"byte {byte} (line {line})"


def undecodable(path: Path, codec: str) -> SourceError:
    """The error that names the first byte which is not of the codec."""
    byte = undecodable_at(path, codec)
    return SourceError(
        path,
        f"{place_of(path, byte or 0)} is not {codec}: say the file's encoding as source.encoding in the mapping, e.g. "
        "cp1252, or save the file as CSV UTF-8",
    )


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
