"""Locks that the operating system lets go of when their process dies, however it dies."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout


class RunLock:
    """An exclusive lock on a file of its own, which stays behind empty."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        self._lock = FileLock(path, mode=0o600)

    def acquire(self, wait: float = 0.0) -> bool:
        """Take the lock if it is free, or becomes so within `wait` seconds; say whether it was."""
        try:
            self._lock.acquire(timeout=wait)
        except Timeout:
            return False
        return True

    def release(self) -> None:
        """Let go of the lock; harmless when it is not held."""
        self._lock.release()

    def remove(self) -> None:
        """Delete the lock's file, when nobody will want the lock again."""
        self._path.unlink(missing_ok=True)

    def is_held(self) -> bool:
        """Whether any process, this one included, holds the lock now."""
        if self._lock.is_locked:
            return True
        free = self.acquire()
        self.release()
        return not free
