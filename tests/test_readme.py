"""The README is a promise: its lists, commands, options, codes and examples are those of the program."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

import sync
from sync import errors
from sync.cli.app import app
from sync.mapping import load_mapping, mapping_schema
from sync.sandbox import RunningSandbox
from tests.conftest import ROOT, Workplace
from tests.readme import with_lists

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> dict[str, typer.core.TyperCommand]:
    root = typer.main.get_command(app)
    assert isinstance(root, typer.core.TyperGroup)
    found: dict[str, typer.core.TyperCommand] = {}
    for name, command in root.commands.items():
        nested = getattr(command, "commands", None)
        within = {f"{name} {inner}": one for inner, one in nested.items()} if nested else {name: command}
        for full_name, one in within.items():
            assert isinstance(one, typer.core.TyperCommand)
            found[full_name] = one
    return found


def test_lists_are_made_from_the_tables() -> None:
    assert with_lists(README) == README, "run: python -m tests.readme"


def test_first_come_the_two_commands_that_set_everything_up() -> None:
    first = re.findall(r"^(?:make|candidate-sync|pipx) \S+", README, re.MULTILINE)
    assert first[:2] == ["make demo", "make test"]


def test_every_command_is_listed_and_no_other() -> None:
    listed = re.findall(r"^\| `candidate-sync ([a-z]+(?: suggest| check| fields| schema)?)", README, re.MULTILINE)
    assert sorted(listed) == sorted(commands())


def test_every_option_of_the_jobs_is_listed_and_no_other() -> None:
    listed = set(re.findall(r"^\| (?:`-m`, )?`(--[a-z-]+)`", README, re.MULTILINE))
    jobs = [commands()[name] for name in ("check", "run", "resume", "retry")]
    real = {option for job in jobs for parameter in job.params for option in parameter.opts if option.startswith("--")}
    assert listed == real - {"--help"}


def test_every_option_but_yes_has_its_environment_variable() -> None:
    for name in ("check", "run", "resume", "retry"):
        for parameter in commands()[name].params:
            option = max(parameter.opts, key=len)
            if option.startswith("--") and option not in {"--yes", "--help"}:
                assert parameter.envvar == f"CANDIDATE_SYNC_{option[2:].upper().replace('-', '_')}"


def test_the_first_mapping_is_right(tmp_path: Path) -> None:
    (text,) = [block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "my-first-mapping" in block]
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_mapping(path).name == "my-first-mapping"


def test_the_python_example_works(
    workplace: Workplace, sandbox: Callable[..., RunningSandbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    workplace.write_people(3)
    monkeypatch.chdir(workplace.folder)
    monkeypatch.setenv("PARADOX_API_URL", sandbox().base_url)
    monkeypatch.setenv("PARADOX_ACCESS_TOKEN", "token")
    names: dict[str, object] = {}
    exec(code, names)
    result = names["result"]
    assert isinstance(result, sync.JobResult)
    assert result.summary.updated == 3


def test_the_names_for_python_programs_are_there() -> None:
    assert all(getattr(sync, name) is not None for name in sync.__all__)


def test_exit_codes_are_the_programs() -> None:
    listed = set(re.findall(r"^\| (\d+)", README, re.MULTILINE))
    classes = [
        one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.CandidateSyncError)
    ]
    real = {str(one.exit_code) for one in classes if one is not errors.CandidateSyncError}
    assert listed | {"143"} >= real - {"1"}


def test_the_editors_schema_beside_the_mappings_is_the_programs() -> None:
    assert json.loads((ROOT / "mappings" / "mapping.schema.json").read_text(encoding="utf-8")) == mapping_schema()


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert version is not None
    assert version[1] == sync.__version__


def test_locked_versions_are_plain_and_cover_the_dependencies() -> None:
    locked = {}
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            match = re.fullmatch(r"([A-Za-z0-9._-]+)==([\w.]+)", line)
            assert match, line
            locked[re.sub(r"[-_.]+", "-", match[1]).lower()] = match[2]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0] for requirement in wanted]
    assert [name for name in names if re.sub(r"[-_.]+", "-", name).lower() not in locked] == []
