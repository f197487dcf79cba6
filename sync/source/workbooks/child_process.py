"""The other end of `worker`: starts the process that reads a workbook, asks, watches, and says why it ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import IO, Any, cast

from sync.errors import SourceError
from sync.source.workbooks.answers import LONGEST, OUT_OF_MEMORY, Astray, answer_of, line_of
from sync.source.workbooks.limits import Limits, allow_more, in_words

_START = (
    "import sys; root, *path = sys.argv[1:]; sys.path.append(root); import sync; sys.path[-1:] = path; "
    "sys.modules['numpy'] = None; from sync.source.workbooks.worker import main; main()"
)
"""Python's own modules come first and the program's from where they are; nothing comes from the working directory.

openpyxl loads numpy where it is there, for nothing that is needed, which takes longer than all the rest: it is hidden.
"""
_PASSED_ON = frozenset(
    {"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH"}
    | {"DYLD_LIBRARY_PATH", "OPENBLAS_CORETYPE"}
)
"""What of the environment the process gets: nothing that is secret."""
_BUFFER = 1 << 16
_SAVE = "open it in a spreadsheet program and save it again, or save the table as .csv"
_LONGEST_REASON = 2_000
_NEXT: dict[str, Any] = {}


class ChildProcess:
    """The process that has a workbook open. Whatever it says may be what a hostile file makes it say."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.path = path
        self.pid = process.pid
        self._process = process
        self._limits = limits
        self._requests = cast("IO[bytes]", process.stdin).fileno()
        self._answers = cast("IO[bytes]", process.stdout)
        self._unanswered = 0
        self._operations = 0
        self._size = 0
        self._overdue = False

    def results(self, operation: str, **arguments: object) -> Iterator[Any]:
        """What the operation yields, one by one; from the second on, the next is worked at meanwhile.

        Raises SourceError when the workbook is refused, and when the process has come to its end or went astray; and
        RuntimeError when another operation was begun meanwhile, as the answers are that one's.
        """
        self._operations += 1
        this = self._operations
        while self._unanswered:
            self._line()  # of an operation that was not read to its end, whatever it says
        self.send({"do": operation, **arguments})
        size, ahead = 0, False
        while (result := self.answer().get("result")) is not None:
            size += self._size
            if size > self._limits.shown:
                most = in_words(self._limits.shown)
                raise SourceError(self.path, f"shows more than {most} of text: {allow_more(self._limits)}")
            if ahead:
                self.send(_NEXT)
            yield result
            if this != self._operations:
                raise RuntimeError("another operation was begun before this one was read to its end")
            if not ahead:  # The first result has the header, and often no more is wanted.
                self.send(_NEXT)
                ahead = True

    def send(self, request: dict[str, Any]) -> None:
        """Ask for one answer; that nobody is there any more is found when it is waited for."""
        self._unanswered += 1
        try:
            os.write(self._requests, line_of(request))
        except BrokenPipeError:
            return

    def answer(self) -> dict[str, Any]:
        """Wait for the next answer; raises SourceError like `results`."""
        line = self._line()
        self._size = len(line)
        with self.listened_to():
            answer = answer_of(line)
        if "refused" in answer:
            raise SourceError(self.path, _printable(answer["refused"]))
        if "failed" in answer:
            failed = _printable(answer["failed"])
            raise SourceError(self.path, f"cannot be read, its reader failed on it ({failed}): {_SAVE}")
        return answer

    def _line(self) -> bytes:
        self._unanswered -= 1
        watch = Timer(self._limits.patience_s, self._end_overdue)
        watch.daemon = True
        watch.start()
        try:
            line = self._answers.readline(LONGEST)
        finally:
            watch.cancel()
        if not line:
            raise SourceError(self.path, self._why_ended())
        return line

    @contextmanager
    def listened_to(self) -> Iterator[None]:
        """Turn an answer that is none into a SourceError."""
        try:
            yield
        except Astray:
            raise SourceError(self.path, f"cannot be read, its reader went astray in it: {_SAVE}") from None

    def _end_overdue(self) -> None:
        self._overdue = True
        self._process.kill()

    def _why_ended(self) -> str:
        code = self._process.wait()
        if code == OUT_OF_MEMORY:
            return f"needs more than {in_words(self._limits.memory)} of memory to be read: {allow_more(self._limits)}"
        if self._overdue or code == -getattr(signal, "SIGPROF", 0):
            return f"takes longer to read than honest workbooks: it is damaged or made to do harm; {_SAVE}"
        if code == -getattr(signal, "SIGKILL", 0):
            return f"cannot be read, the system ended its reader, perhaps for want of memory: {_SAVE}"
        how = signal.Signals(-code).name if -code in set(signal.Signals) else f"exit code {code}"
        return f"cannot be read, its reader crashed on it ({how}): {_SAVE}"


@contextmanager
def started(path: Path, limits: Limits) -> Iterator[ChildProcess]:
    """The process, until its end. Raises SourceError when none can be started."""
    try:
        process = _process()
    except OSError as error:
        raise SourceError(path, f"cannot be read, no process can be started for it ({error.strerror})") from error
    with process:
        try:
            yield ChildProcess(path, process, limits)
        finally:
            process.kill()


def _process() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).parents[3])
    path = [entry for entry in sys.path if Path(entry).is_absolute()]
    options = ["-I", "-S", *(["-B"] if sys.dont_write_bytecode else [])]
    environment = {name: value for name, value in os.environ.items() if name.upper() in _PASSED_ON}
    return subprocess.Popen(  # noqa: S603 - the command is all ours
        [sys.executable, *options, "-c", _START, root, *path],
        bufsize=_BUFFER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**environment, "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,  # the terminal's Ctrl-C is for the program, which ends this process itself
    )


def _printable(text: object) -> str:
    """One line, without what a terminal would obey."""
    line = " ".join(str(text).split())[:_LONGEST_REASON]
    return "".join(character if character.isprintable() else "?" for character in line)
