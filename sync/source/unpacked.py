"""Unpacks a gzip or zip archive of one table, by its content; what comes out is measured, not what is declared."""

from __future__ import annotations

import gzip
import mmap
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from sync.errors import SourceError
from sync.source.bounded_file import BoundedFile
from sync.source.local_file import BLOCK, reading

Packing = Literal["gzip", "zip"]

_ONE_TABLE = "unpack it and give the .csv or .xlsx file inside"
_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_TAR_PLACE, _TAR = 257, b"ustar"
_DOCUMENT_PARTS = frozenset({"[content_types].xml", "mimetype", "content.xml", "index.zip"})
_DOCUMENT_FOLDERS = ("xl/", "word/", "ppt/", "index/")
_LEFT_BY_SYSTEMS = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_ENCRYPTED = 0x1
_BOUNDED_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others are unpacked in steps of any size, and would fill the memory before they could be measured."""
_NAMED = 5
_MOST_ENTRIES = 10_000
"""Each takes zipfile some hundred bytes of memory, whatever it takes in the file."""
_DIRECTORY_ENTRY = b"PK\x01\x02"


def packing_of(path: Path) -> Packing | None:
    """How the file is packed; None for whatever is no archive, workbooks and other documents in a zip among them."""
    with reading(path), path.open("rb") as file:
        head = file.read(4)
    if head.startswith(_GZIP):
        return "gzip"
    if not head.startswith(_ZIP):
        return None
    try:
        with reading(path):
            if _lists_too_many(path):
                return None  # whoever looks at the content next does so in a process of its own
        with reading(path), zipfile.ZipFile(path) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None  # whoever looks at the content next says that it is damaged
    is_document = any(name in _DOCUMENT_PARTS or name.startswith(_DOCUMENT_FOLDERS) for name in names)
    return None if is_document else "zip"


def _lists_too_many(path: Path) -> bool:
    """Whether its directory may have more entries than any archive of one table; they are counted, not believed."""
    place = 0
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for _ in range(_MOST_ENTRIES + 1):
            place = content.find(_DIRECTORY_ENTRY, place) + 1
            if not place:
                return False
    return True


def unpack(path: Path, packing: Packing, into: BoundedFile) -> None:
    """Write the archive's one file. Raises SourceError when it is damaged, or holds anything else than one table."""
    opened = _opened_gzip if packing == "gzip" else _opened_zip
    try:
        with reading(path), opened(path) as packed:
            while block := packed.read(BLOCK):
                into.write(block)
    except (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, NotImplementedError, ValueError) as error:
        raise SourceError(path, f"is a damaged {packing} archive ({_reason(error)}): get the file again") from error
    _refuse_nested(path, into.path)


def _reason(error: Exception) -> str:
    return "it ends too early" if isinstance(error, EOFError) else "its content does not fit its checksum or form"


@contextmanager
def _opened_gzip(path: Path) -> Iterator[gzip.GzipFile]:
    try:
        with gzip.open(path) as packed:
            yield packed
    except gzip.BadGzipFile as error:
        raise ValueError(str(error)) from error  # an OSError, which `reading` would take for the disk's


@contextmanager
def _opened_zip(path: Path) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(path) as archive:
        entry = _one_file(path, archive)
        if entry.flag_bits & _ENCRYPTED:
            raise SourceError(path, f"is protected by a password: {_ONE_TABLE}")
        if entry.compress_type not in _BOUNDED_METHODS:
            raise SourceError(path, f"is packed in a way that is not read: {_ONE_TABLE}")
        with archive.open(entry) as packed:
            yield packed


def _one_file(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The archive's one file, without regard to folders and to what operating systems add."""
    files = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_left_by_system(entry.filename)]
    if not files:
        raise SourceError(path, "is a zip archive with no file in it: give one that holds a .csv or .xlsx file")
    if len(files) > 1:
        names = ", ".join(_printable(entry.filename) for entry in files[:_NAMED])
        more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
        raise SourceError(path, f"holds {len(files)} files ({names}{more}): give the one that is meant")
    return files[0]


def _is_left_by_system(name: str) -> bool:
    folder, base = posixpath.split(name.replace("\\", "/").lower())
    return folder.split("/")[0] == "__macosx" or base.startswith("._") or base in _LEFT_BY_SYSTEMS


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in name)


def _refuse_nested(path: Path, unpacked: Path) -> None:
    with unpacked.open("rb") as file:
        file.seek(_TAR_PLACE)
        is_tar = file.read(len(_TAR)) == _TAR
    if is_tar or packing_of(unpacked) is not None:
        raise SourceError(path, f"holds another archive: {_ONE_TABLE}")
