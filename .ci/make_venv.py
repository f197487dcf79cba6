"""Makes the virtual environment; on a bare Debian, where venv lacks its pip, installs that first."""

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> None:
    folder = Path(sys.argv[1])
    if sys.version_info < OLDEST:
        sys.exit(
            f"candidate-sync needs Python 3.11 or newer; this is {sys.version.split()[0]}. Try make PYTHON=python3.11"
        )
    try:
        import ensurepip  # noqa: F401 (what Debian leaves out of python3)
    except ImportError:
        install_debian_package(f"python{sys.version_info.major}.{sys.version_info.minor}-venv")
    shutil.rmtree(folder, ignore_errors=True)
    # A fresh interpreter, since this one has already looked for ensurepip in vain.
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)


def install_debian_package(name: str) -> None:
    become_root = [] if is_root() else ["sudo", "-n"]
    print(f"Installing {name}, which Python needs to make virtual environments ...", flush=True)
    try:
        subprocess.run([*become_root, "apt-get", "update", "-qq"], check=True)
        subprocess.run([*become_root, "apt-get", "install", "-y", "-qq", name], check=True)
    except (OSError, subprocess.CalledProcessError):
        sys.exit(f"This Python cannot make virtual environments. Install {name} (apt install {name}), then try again.")


def is_root() -> bool:
    import os

    return hasattr(os, "geteuid") and os.geteuid() == 0


if __name__ == "__main__":
    main()
