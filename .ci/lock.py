"""Writes requirements.txt and requirements-dev.txt: what a clean install of pyproject.toml brings today.

Lines are plain `name==version`; nothing says where a package was downloaded from.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
OWN_TOOLS = {"pip", "setuptools", "wheel"}


def main() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = project["project"]["dependencies"]
    dev = project["dependency-groups"]["dev"]
    base = resolved(runtime)
    write("requirements.txt", base)
    write("requirements-dev.txt", [line for line in resolved([*base, *dev]) if line not in set(base)])


def resolved(requirements: list[str]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *requirements], check=True)
        frozen = subprocess.run([python, "-m", "pip", "freeze"], check=True, capture_output=True, text=True).stdout
    return sorted(line for line in frozen.splitlines() if line.partition("==")[0].lower() not in OWN_TOOLS)


def write(name: str, lines: list[str]) -> None:
    (ROOT / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
