"""Stream elements from XML, as safely as whole parts are read: no entities, no network, no memory of what is past."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no other name for it


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
        if first:
            refuse_entities(element)
            first = False
        yield event, element


def elements(stream: IO[bytes], *names: str) -> Iterator[Element]:
    """The elements of these names, of whatever namespace; each is discarded after use. Raises like `events`."""
    for _, element in events(stream, [f"{{*}}{name}" for name in names], ("end",)):
        yield element
        discard(element)


def refuse_entities(element: Element) -> None:
    """Raise ValueError where the element's document declares some."""
    if element.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares XML entities, which no spreadsheet program writes")


def discard(element: Element) -> None:
    """Empty an element, and drop those before it, so that what was read takes no memory."""
    parent = element.getparent()
    element.clear()
    if parent is not None:
        del parent[: parent.index(element)]
