"""Reads YAML as plain text: mappings, lists and scalars that nobody has guessed a type for, with their lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

Path = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""

Data = dict[str, Any] | list[Any] | str | None

MAX_DEPTH = 16
MAX_ALIASED = 1000
"""Most nodes that aliases may add, so that a few lines cannot stand for millions."""


class YamlTextError(Exception):
    """The text is not what a mapping may be; `line` is 1-based."""

    def __init__(self, line: int | None, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Located:
    """Plain data (dict, list, str; None for a value left out), and the line of each of its parts by path."""

    data: Data
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of the part at `path`, or of the nearest part that holds it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]


@dataclass(slots=True)
class _Node:
    line: int
    value: str | list[_Node] | dict[str, _Node] | None
    key_lines: dict[str, int] = field(default_factory=dict)


class _Reader:
    """Builds nodes from ruamel's events; counts them, and knows what anchors stand for."""

    def __init__(self, text: str) -> None:
        self.events: Iterator[Event] = iter(YAML(typ="safe", pure=True).parse(io.StringIO(text)))
        self.anchors: dict[str, _Node] = {}
        self.nodes = 0

    def document(self) -> _Node:
        """Read the one document of the stream."""
        root: _Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise YamlTextError(event.start_mark.line + 1, "a second document begins here; a mapping is one")
                root = self._node(next(self.events), 1)
        if root is None or root.value is None:
            raise YamlTextError(None, "the mapping is empty")
        return root

    def _node(self, event: Event, depth: int) -> _Node:
        line = event.start_mark.line + 1
        if depth > MAX_DEPTH:
            raise YamlTextError(line, f"nested more than {MAX_DEPTH} levels deep")
        if isinstance(event, AliasEvent):
            if event.anchor not in self.anchors:
                raise YamlTextError(line, f"the alias *{event.anchor} names no anchor that is complete before it")
            return self.anchors[event.anchor]
        if not isinstance(event, (ScalarEvent, CollectionStartEvent)):
            raise YamlTextError(line, "not YAML: a value is missing")
        if event.tag is not None:
            raise YamlTextError(line, f"the tag {event.tag} is not allowed: a mapping holds plain values only")
        self.nodes += 1
        node = self._filled(event, _Node(line, None), depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        return node

    def _filled(self, event: ScalarEvent | CollectionStartEvent, node: _Node, depth: int) -> _Node:
        if isinstance(event, ScalarEvent):
            left_out = event.value == "" and event.style is None
            node.value = None if left_out else str(event.value)
        elif isinstance(event, SequenceStartEvent):
            node.value = [self._node(inner, depth + 1) for inner in self._until(SequenceEndEvent)]
        else:
            node.value = self._pairs(node, depth)
        return node

    def _until(self, end: type[Event]) -> Iterator[Event]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _pairs(self, node: _Node, depth: int) -> dict[str, _Node]:
        pairs: dict[str, _Node] = {}
        for event in self._until(MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._node(event, depth + 1).value
            if not isinstance(key, str):
                raise YamlTextError(line, "a key must be text")
            if key in pairs:
                raise YamlTextError(line, f"the key '{key}' is repeated: it is already in line {node.key_lines[key]}")
            node.key_lines[key] = line
            pairs[key] = self._node(next(self.events), depth + 1)
        return pairs


class _Plain:
    """Turns nodes into plain data; aliases are copied out, within a budget."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.lines: dict[Path, int] = {}

    def data(self, node: _Node, path: Path, line: int) -> Data:
        self.budget -= 1
        if self.budget < 0:
            raise YamlTextError(node.line, f"aliases add more than {MAX_ALIASED} values")
        self.lines[path] = line
        if isinstance(node.value, dict):
            return {key: self.data(inner, (*path, key), node.key_lines[key]) for key, inner in node.value.items()}
        if isinstance(node.value, list):
            return [self.data(inner, (*path, index), inner.line) for index, inner in enumerate(node.value)]
        return node.value


def read_yaml(text: str) -> Located:
    """Read one YAML document whose root is a mapping. Raises YamlTextError."""
    reader = _Reader(text)
    try:
        root = reader.document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlTextError(mark.line + 1 if mark else None, f"not YAML: {error.problem or error.context}") from error
    except YAMLError as error:
        raise YamlTextError(None, f"not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(root.value, dict):
        raise YamlTextError(root.line, "must be a mapping of keys such as `version: 1`, not a list or a text")
    plain = _Plain(reader.nodes + MAX_ALIASED)
    return Located(plain.data(root, (), root.line), plain.lines)
