"""Newman with the same CSV, where node is there: a collection of one PUT, iterated over the rows."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

_ROWS = 500
_BODY = json.dumps({"email": "{{E-mail}}", "phone": "{{Mobile}}"})


def newman(url: str, file: Path) -> float | None:
    """Requests a second, start included; None where node or the package cannot be had within a minute or two."""
    if shutil.which("npm") is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "collection.json").write_text(json.dumps(_collection(url)), encoding="utf-8")
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", name, "newman"]
        if not _succeeds(install, folder):
            return None
        lines = file.read_text(encoding="utf-8").splitlines()[: _ROWS + 1]
        (folder / "rows.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [str(folder / "node_modules/.bin/newman"), "run", "collection.json", "-d", "rows.csv", "--silent"]
        began = time.perf_counter()
        if not _succeeds(command, folder):
            return None
        return (len(lines) - 1) / (time.perf_counter() - began)


def _succeeds(command: list[str], folder: Path) -> bool:
    try:
        return subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=100).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _collection(url: str) -> dict[str, object]:
    request = {
        "method": "PUT",
        "url": f"{url}/candidates/{{{{Candidate ID}}}}",
        "header": [{"key": "Content-Type", "value": "application/json"}],
        "body": {"mode": "raw", "raw": _BODY},
    }
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return {"info": {"name": "bench", "schema": schema}, "item": [{"name": "update", "request": request}]}
