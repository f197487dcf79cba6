"""The `file` transform: a name in a cell becomes the path of a file that may be sent, inside the named folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sync.api.fields import MAX_FILE_BYTES
from sync.mapping.refusal import CellRefused


def find_file(text: str, folder: Path, extensions: tuple[str, ...]) -> str:
    """Return the absolute path, without symbolic links, of the file that `text` names. Raises CellRefused.

    `extensions`: allowed endings, in lower case and with their dot (the field table's).
    """
    try:
        root = Path(os.path.realpath(folder))
        path = Path(os.path.realpath(root / text))
        if not path.is_relative_to(root):
            raise _refused(f"is outside the folder {folder.name}")
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refused(f"is not in the folder {folder.name}") from error
    except (OSError, ValueError) as error:
        raise _refused("cannot be opened") from error
    if not stat.S_ISREG(status.st_mode):
        raise _refused("is not a file")
    if path.suffix.lower() not in extensions:
        raise _refused(f"is not one of the kinds {' '.join(extensions)}")
    if not 0 < status.st_size <= MAX_FILE_BYTES:
        size = f"has {status.st_size:,} bytes; at most {MAX_FILE_BYTES:,} can be sent"
        raise _refused(size if status.st_size else "is empty")
    if not os.access(path, os.R_OK):
        raise _refused("may not be read")
    return str(path)


def _refused(reason: str) -> CellRefused:
    return CellRefused("invalid-file", reason)
