"""Stream the beginnings and ends of elements from XML, as safely as whole parts are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from lxml import etree

from sync.source.workbooks.xml_parts import Element


def events(stream: IO[bytes], tags: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[str, Element]]:
    """Where elements of these tags begin or end (`kinds`: start, end); who takes them discards them.

    Raises lxml's errors on damage, and ValueError where entities are declared.
    """
    parsed = etree.iterparse(
        stream,
        events=kinds,
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    first = True
    for event, element in parsed:
        if first and element.getroottree().docinfo.internalDTD is not None:
            raise ValueError("it declares XML entities, which no spreadsheet program writes")
        first = False
        yield event, element


def discard(element: Element) -> None:
    """Empty an element, and drop those before it, so that what was read takes no memory."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        del parent[: parent.index(element)]
