"""What the sandbox can be told, and what it says to what cannot be."""

import json
from pathlib import Path
from typing import Any

import pytest

from sync.errors import SettingsError
from sync.sandbox.options import ASSUMPTIONS, FAULTS, SandboxOptions, parse_assumptions, parse_faults
from sync.sandbox.server import running_sandbox


def test_faults_are_parsed_to_shares() -> None:
    assert parse_faults(["429=0.1", "reset-after=.05"]) == {"429": 0.1, "reset-after": 0.05}


def test_every_fault_can_be_parsed() -> None:
    assert set(parse_faults([f"{kind}=0.01" for kind in FAULTS])) == set(FAULTS)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        pytest.param(["429"], "write it as KIND=SHARE", id="no share"),
        pytest.param(["reset-befor=0.1"], r"'reset-befor': did you mean reset-before\? .*504-before", id="typo"),
        pytest.param(["banana=0.1"], r"'banana'\. It is one of 401", id="nothing near"),
        pytest.param(["429=lots"], "'lots' is not a share", id="no number"),
        pytest.param(["429=nan"], "nan is not a share", id="not a number"),
        pytest.param(["429=1.5"], "1.5 is not a share: give a number from 0 to 1", id="above 1"),
        pytest.param(["429=-0.1"], "-0.1 is not a share", id="below 0"),
        pytest.param(["429=0.6", "500=0.6"], "add up to 1.2", id="above 1 together"),
        pytest.param(["429=0.1", "429=0.2"], "429 is given twice", id="twice"),
    ],
)
def test_a_wrong_fault_is_refused(texts: list[str], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        parse_faults(texts)


def test_shares_may_fill_the_whole() -> None:
    assert len(parse_faults([f"{kind}=0.1" for kind in list(FAULTS)[:10]])) == 10


@pytest.mark.parametrize("name", ASSUMPTIONS)
def test_the_first_value_of_an_assumption_is_its_default(name: str) -> None:
    assert SandboxOptions().assumed(name) == ASSUMPTIONS[name][0]


def test_assumptions_are_parsed() -> None:
    options = SandboxOptions(assumptions=parse_assumptions(["empty=refuse"]))
    assert options.assumed("empty") == "refuse"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("empty", "write it as NAME=VALUE", id="no value"),
        pytest.param("atributes=merge", "did you mean attributes", id="typo in the name"),
        pytest.param("empty=refuze", r"refuse\? It is one of clear, ignore, refuse", id="typo in the value"),
    ],
)
def test_a_wrong_assumption_is_refused(text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        parse_assumptions([text])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        pytest.param({"port": 70000}, "port cannot be 70000", id="port"),
        pytest.param({"rate_limit": 0}, "rate limit cannot be 0", id="rate"),
        pytest.param({"latency_ms": -1}, "latency cannot be -1", id="latency"),
        pytest.param({"token_ttl_s": 0}, "time to live cannot be 0", id="token"),
        pytest.param({"faults": {"oops": 0.1}}, "unknown fault 'oops'", id="fault"),
        pytest.param({"assumptions": {"oops": "x"}}, "unknown assumption 'oops'", id="assumption"),
    ],
)
def test_options_that_cannot_be_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        SandboxOptions(**options)


@pytest.mark.parametrize(
    ("seed", "message"),
    [
        pytest.param("{", "is not JSON", id="not JSON"),
        pytest.param("{}", "is not a JSON list", id="not a list"),
        pytest.param("[1]", "candidate 1 is not a JSON object", id="not an object"),
        pytest.param('[{"OID": "a"}, {"email": "ann@example.com"}]', "candidate 2 has no id", id="no id"),
        pytest.param('[{"OID": "a"}, {"OID": "a"}]', "candidate 2: OID a is already another's", id="same OID"),
        pytest.param('[{"OID": "a", "candidate_attribute_data": "x"}]', "is not a JSON object", id="attributes"),
        pytest.param('[{"OID": "a", "fields": 1}]', "fields are not a JSON object", id="fields"),
    ],
)
def test_a_wrong_seed_is_refused(tmp_path: Path, seed: str, message: str) -> None:
    path = tmp_path / "seed.json"
    path.write_text(seed)
    with pytest.raises(SettingsError, match=message), running_sandbox(SandboxOptions(seed=path)):
        pass


def test_a_missing_seed_is_refused(tmp_path: Path) -> None:
    with (
        pytest.raises(SettingsError, match="seed cannot be read: No such file"),
        running_sandbox(SandboxOptions(seed=tmp_path / "none.json")),
    ):
        pass


def test_a_seed_takes_a_record_as_the_api_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "seed.json"
    path.write_text(json.dumps([{"OID": "a", "phone_number": "+14155550101", "status": "approved", "note": "Hello"}]))
    with running_sandbox(SandboxOptions(seed=path)) as sandbox:
        assert sandbox.state.values("a") == {"phone": "+14155550101", "status": "1", "note": ["Hello"]}
