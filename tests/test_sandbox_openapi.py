"""The sandbox does what its OpenAPI document says, for bodies that fit the document and for some that do not."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sync.sandbox.openapi import document
from sync.sandbox.options import SandboxOptions
from sync.sandbox.server import RunningSandbox, running_sandbox

load_all_checks()


schema = schemathesis.openapi.from_dict(document())


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with running_sandbox(SandboxOptions()) as running:
        yield running


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_call_answers_as_documented(case: schemathesis.Case[Any], sandbox: RunningSandbox) -> None:
    case.call_and_validate(
        base_url=sandbox.base_url,
        headers={"Authorization": "Bearer ready-made"},
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_schema_conformance,
            allow_header_conformance,
        ],
    )
