"""Open the XML parts of a workbook's zip safely: bounded in size, without entities, damage told in plain words."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from lxml import etree

from sync.errors import SourceError
from sync.source.local_file import reading
from sync.source.workbooks.measured import MeasuredStream
from sync.source.workbooks.ration import largest_part
from sync.source.workbooks.xml_events import Element, refuse_entities

_LARGEST_HELD = 256 << 20
"""Bytes of a part, unpacked, that is held in memory."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.LxmlError,
    EOFError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What zipfile and lxml raise on damaged, encrypted and otherwise unreadable parts."""


@contextmanager
def opened_parts(path: Path) -> Iterator[Parts]:
    """The workbook's parts. Raises SourceError when the zip, or a part read meanwhile, is damaged; MemoryError."""
    try:
        with reading(path), zipfile.ZipFile(path) as archive:
            parts = Parts(path, archive)
            try:
                yield parts
            finally:
                parts.close()
    except _DAMAGE as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise SourceError(
            path,
            f"is a damaged workbook ({_in_one_line(error)}): open it in Excel, save it again as .xlsx, "
            "or get the file again",
        ) from error


class Parts:
    """The named XML parts of one open zip; names are compared without regard to case, as Excel does."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        self._streams: list[IO[bytes]] = []
        self._infos = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._infos

    def stream(self, name: str) -> IO[bytes]:
        """The bytes of a part, until the workbook is closed."""
        stream = self._open(name, largest_part())
        self._streams.append(stream)
        return stream

    def close(self) -> None:
        """Close all streams, without which the zip would stay open."""
        for stream in self._streams:
            stream.close()

    def tree(self, name: str) -> Element:
        """A small part as a whole."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        with self._open(name, _LARGEST_HELD) as stream:
            root = etree.parse(stream, parser).getroot()
        refuse_entities(root)
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part names: by relation id, the relation's type and the part."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self:
            return {}
        return {
            relation.get("Id", ""): (relation.get("Type", ""), _resolved(folder, relation.get("Target", "")))
            for relation in self.tree(relations).iterfind("{*}Relationship")
        }

    def main(self, usual: str = "") -> str:
        """The name of the workbook's main part, which need not be there; `usual` where none is stated."""
        return next((part for kind, part in self.related("").values() if kind.endswith("/officeDocument")), usual)

    def _open(self, name: str, largest: int) -> IO[bytes]:
        stream = self._archive.open(self._infos[name.lower()])
        return cast("IO[bytes]", MeasuredStream(stream, largest, self._path, name))


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _resolved(folder: str, target: str) -> str:
    """A relation's target as a name in the zip."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
