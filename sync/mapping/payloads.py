"""Makes of a converted chunk what is sent for each row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from sync.api.fields import FIELD_BY_NAME
from sync.mapped import MappedChunk
from sync.mapping.document import ATTRIBUTES
from sync.model import Payload


def payloads(mapped: MappedChunk, rows: Collection[int] | None = None) -> Iterator[Payload]:
    """Yield the payload of each row, or of those with a row number in `rows`, in order.

    A row without any mapped value has an empty body. Rows with errors are for the caller to leave out.
    """
    columns = mapped.columns
    booleans = [column.target.name for column in columns if FIELD_BY_NAME[column.target.field].kind == "boolean"]
    files = [column.target.name for column in columns if FIELD_BY_NAME[column.target.field].kind == "file"]
    keys = [column.target.attribute for column in columns if column.target.attribute is not None]
    plain = [column for column in columns if column.target.attribute is None]
    names = [column.target.field for column in plain]
    values = _transposed([column.values for column in plain], len(mapped.rows))
    attributes = _transposed([c.values for c in columns if c.target.attribute is not None], len(mapped.rows))
    for row, candidate, fields, extra in zip(mapped.rows, mapped.candidates, values, attributes, strict=True):
        if rows is not None and row not in rows:
            continue
        body: dict[str, Any] = {name: value for name, value in zip(names, fields, strict=True) if value is not None}
        if extra and (object_ := {key: value for key, value in zip(keys, extra, strict=True) if value is not None}):
            body[ATTRIBUTES] = object_
        for name in booleans:
            if body.get(name):
                body[name] = body[name] == "true"
        yield Payload(row, candidate, body, {name: Path(body.pop(name)) for name in files if body.get(name)})


def has_values(mapped: MappedChunk) -> list[bool]:
    """Say for each row whether it has any value, so that there is something to send."""
    nothing = (None,) * len(mapped.columns)
    columns = [column.values for column in mapped.columns]
    return [values != nothing for values in _transposed(columns, len(mapped.rows))]


def _transposed(columns: list[Any], count: int) -> Iterator[tuple[str | None, ...]]:
    return zip(*columns, strict=True) if columns else iter([()] * count)
