"""YAML as plain text: what is read, and what is refused before anyone looks at its meaning."""

from __future__ import annotations

import pytest

from sync.mapping.yamltext import YamlTextError, read_yaml

_BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)
)


@pytest.mark.parametrize("scalar", ["00123", "1E5", "null", "~", "TRUE", "yes", "2026-01-05", "0x1F", "1_000"])
def test_scalars_stay_text(scalar: str) -> None:
    assert read_yaml(f"a: {scalar}").data == {"a": scalar}


def test_value_left_out_is_not_an_empty_text() -> None:
    assert read_yaml('a:\nb: ""').data == {"a": None, "b": ""}


def test_lines_are_known_by_path() -> None:
    located = read_yaml("a:\n  b: 1\n  c:\n    - x\n    - y\n")
    assert [located.line(path) for path in [("a",), ("a", "b"), ("a", "c", 1), ("a", "c", 1, "deeper")]] == [1, 2, 5, 5]


def test_few_aliases_are_read() -> None:
    assert read_yaml("a: &x [1]\nb: *x").data == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        pytest.param("", None, "empty", id="empty"),
        pytest.param("# nothing\n", None, "empty", id="comment only"),
        pytest.param("- a", 1, "must be a mapping", id="list"),
        pytest.param("a", 1, "must be a mapping", id="text"),
        pytest.param("a: 1\n---\nb: 2", 2, "second document", id="two documents"),
        pytest.param("a: 1\nb: 2\na: 3", 3, "'a' is repeated.*line 1", id="repeated key"),
        pytest.param("a: !!python/object:os.system 1", 1, "tag .*python", id="python tag"),
        pytest.param("a: !mine {b: 1}", 1, "tag !mine", id="own tag"),
        pytest.param("a: !!int 1", 1, "tag .*int", id="standard tag"),
        pytest.param("[" * 5000, 1, "nested", id="deep"),
        pytest.param("a: *b", 1, "alias", id="unknown alias"),
        pytest.param("a: &a [*a]", 1, "alias", id="alias within itself"),
        pytest.param(_BOMB, None, "aliases add", id="alias bomb"),
        pytest.param("? [a]\n: b", 1, "key must be text", id="list as key"),
        pytest.param("a: b: c", 1, "not YAML", id="two colons"),
        pytest.param("a: {b", 1, "not YAML", id="open brace"),
        pytest.param("a: \x01", None, "not YAML", id="control character"),
        pytest.param("%YAML 9.9\n---\na: 1", 1, "not YAML", id="other YAML version"),
    ],
)
def test_refused(text: str, line: int | None, reason: str) -> None:
    with pytest.raises(YamlTextError, match=reason) as caught:
        read_yaml(text)
    assert line is None or caught.value.line == line
