"""Cut a part's XML into its rows, or shared texts, without parsing it: parsing is for those that need it.

Only XML as spreadsheet programs write it is cut: UTF-8, without comments, CDATA and other such markup. From the first
place on where it is otherwise, `rest` has all that is left, for a real parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from lxml import etree

from sync.source.workbooks.xml_events import Element

MARKED_UP = re.compile("[&\r\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What only a parser reads rightly, or refuses: references, and characters that XML evens out or forbids."""

_READ_AT_ONCE = 1 << 18
_LONGEST_HEAD = 1 << 20
_LONGEST_PIECE = 1 << 24

_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml\s([^<>?]*)\?>)?\s*")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)")
_CUT_ENCODINGS = frozenset({b"utf-8", b"us-ascii"})
_START_TAG = rb"<((?:[A-Za-z_][\w.-]*:)?)%s(?:\s[^<>]*)?(?<!/)>"


class Pieces:
    """The elements of one tag in a stream of XML, directly in `container`, which is below the root, or the root.

    `prefix`: that of the element's names, with its colon; mostly none.
    """

    def __init__(self, stream: IO[bytes], root: str, container: str, tag: str) -> None:
        self._stream = stream
        self._tag = tag
        self._container = container
        self._root_tag = b""
        self._head = b""
        self._unread = b""
        self.prefix = ""
        self._find_start(root)

    def blocks(self) -> Iterator[str]:
        """Texts of whole elements, one after another; of all elements, unless `rest` has some."""
        if not self._head:
            return
        last_tag = f"</{self.prefix}{self._tag}>".encode()
        container_end = f"</{self.prefix}{self._container}".encode()
        while True:
            stop = self._unread.find(container_end)
            end = self._unread.rfind(last_tag, 0, stop if stop >= 0 else len(self._unread)) + len(last_tag)
            if end >= len(last_tag):
                block = self._unread[:end]
                if b"<!" in block or b"<?" in block:
                    return
                self._unread = self._unread[end:]
                yield block.decode()
            more = b"" if stop >= 0 or len(self._unread) > _LONGEST_PIECE else self._stream.read(_READ_AT_ONCE)
            if not more:
                return
            self._unread += more

    def parsed(self, piece: str) -> list[Element]:
        """The elements in a piece of a block."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        name = self._root_tag.strip(b"<>").split(None, 1)[0]
        return list(etree.fromstring(b"%s%s</%s>" % (self._root_tag, piece.encode(), name), parser))

    def rest(self) -> IO[bytes]:
        """The XML without what the blocks held."""
        return _Joined(self._head + self._unread, self._stream)  # type: ignore[return-value]

    def _find_start(self, root: str) -> None:
        opening = re.compile(_START_TAG % self._container.encode())
        found = None
        while not found and len(self._unread) < _LONGEST_HEAD and (more := self._stream.read(_READ_AT_ONCE)):
            self._unread += more
            found = opening.search(self._unread)
        declaration = _DECLARATION.match(self._unread)
        if not (found and declaration):
            return
        encoding = _ENCODING.search(declaration[1] or b"")
        first = re.compile(_START_TAG % root.encode()).match(self._unread, declaration.end())
        head = self._unread[: found.end()]
        markup = head[declaration.end() :]
        if b"<!" in markup or b"<?" in markup or not first or first[1] != found[1]:
            return
        if encoding and encoding[1].lower() not in _CUT_ENCODINGS:
            return
        self._root_tag, self.prefix = first[0], found[1].decode()
        self._head, self._unread = head, self._unread[found.end() :]


class _Joined:
    """A stream of some bytes, and then of another stream's."""

    def __init__(self, first: bytes, then: IO[bytes]) -> None:
        self._first = first
        self._then = then

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size` of them."""
        if not self._first:
            return self._then.read(size)
        some = self._first if size < 0 else self._first[:size]
        self._first = self._first[len(some) :]
        return some
