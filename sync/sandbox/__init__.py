"""The API's stand-in: a local HTTP server with the API's rules, its open questions as switches, faults on demand."""

from sync.sandbox.options import SandboxOptions, parse_assumptions, parse_faults
from sync.sandbox.server import RunningSandbox, running_sandbox, serve

__all__ = ["RunningSandbox", "SandboxOptions", "parse_assumptions", "parse_faults", "running_sandbox", "serve"]
