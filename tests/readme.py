"""Writes the README's lists that are made from the program's tables: `python -m tests.readme`."""

from __future__ import annotations

from pathlib import Path

from sync.codes import CODES
from sync.mapping import fields_table
from sync.sandbox.options import ASSUMPTIONS, FAULTS

README = Path(__file__).parent.parent / "README.md"


def codes() -> str:
    lines = [f"| `{one.code}` | {one.title} | {one.tip} |" for one in CODES.values()]
    return "\n".join(["| code | meaning | what to do |", "|---|---|---|", *lines])


def fields() -> str:
    lines = [
        f"| `{one.name}` | {one.meaning} | {one.type} | {_joined(one.rule, one.allowed)} | "
        f"{'yes' if one.contact else ''} | {one.repeat} |"
        for one in fields_table()
    ]
    return "\n".join(["| field | meaning | type | rule | contact | repeat |", "|---|---|---|---|---|---|", *lines])


def sandbox() -> str:
    faults = [f"| `{kind}` | {meaning} |" for kind, meaning in FAULTS.items()]
    assumptions = [f"| `{name}` | {_values(values)} |" for name, values in ASSUMPTIONS.items()]
    first = ["| fault | what happens |", "|---|---|", *faults]
    second = ["| assumption | values; the first is the default |", "|---|---|", *assumptions]
    return "\n".join([*first, "", *second])


def _values(values: tuple[str, ...]) -> str:
    return ", ".join(f"`{value}`" for value in values)


LISTS = {"codes": codes, "fields": fields, "sandbox": sandbox}


def _joined(*parts: str) -> str:
    return "; ".join(part.replace("|", "\\|") for part in parts if part)


def with_lists(text: str) -> str:
    """The README's text with each list as the tables have it now."""
    for name, make in LISTS.items():
        before, start, rest = text.partition(f"<!-- {name}: ")
        opening, end_of_line, rest = rest.partition("\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        assert start, name
        assert end, name
        text = f"{before}{start}{opening}{end_of_line}{make()}\n{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(with_lists(README.read_text(encoding="utf-8")), encoding="utf-8")
