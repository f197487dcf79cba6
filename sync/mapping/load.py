"""Reads a mapping file, strictly: everything that is wrong with it is told at once, with its lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from sync.errors import MappingError
from sync.mapping.document import Document
from sync.mapping.mapping import Mapping, TargetRule, rules_of
from sync.mapping.problems import Problem, document_problems, together_problems
from sync.mapping.yamltext import Located, YamlTextError, read_yaml

MAX_BYTES = 1_000_000
"""A mapping of a thousand fields with their lists has a tenth of it."""


def load_mapping(path: Path) -> Mapping:
    """Read the mapping at `path`. Raises MappingError, with every problem, by line."""
    content = _content(path)
    try:
        located = read_yaml(_text(path, content))
    except YamlTextError as error:
        raise MappingError(path, error.line, error.reason) from error
    document = _document(path, located)
    names = tuple(str(step[1]) for step in located.lines if len(step) == 2 and step[0] == "fields")  # noqa: PLR2004
    rules = tuple(
        TargetRule(target, rule, located.line(("fields", target.field, *filter(None, [target.attribute]))))
        for target, rule in rules_of(document, names)
    )
    return Mapping(path, hashlib.sha256(content).hexdigest(), document, rules, located.line(("candidate",)))


def mapping_error(path: Path, problems: Iterable[Problem]) -> MappingError:
    """Build one error of several problems: the first by line, and the others below it, each with its own line."""
    (line, reason), *others = sorted(dict.fromkeys(problems))
    return MappingError(path, line, "\n".join([reason, *(f"{path}:{at}: {what}" for at, what in others)]))


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise MappingError(path, None, "is a folder, not a mapping file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise MappingError(path, None, "there is no such file") from error
    except (OSError, ValueError) as error:
        raise MappingError(path, None, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if len(content) > MAX_BYTES:
        raise MappingError(path, None, f"is larger than {MAX_BYTES:,} bytes; is it a mapping?")
    return content


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MappingError(path, line, "is not UTF-8 text; save the mapping as UTF-8") from error


def _document(path: Path, located: Located) -> Document:
    problems = list(together_problems(located))
    try:
        document = Document.model_validate(located.data)
    except ValidationError as error:
        problems.extend(document_problems(error, located))
    if problems:
        raise mapping_error(path, problems)
    return document
