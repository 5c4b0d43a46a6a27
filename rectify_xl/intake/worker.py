"""A worker process: reads requests from stdin and answers with pickled Submissions on stdout.

Run as ``python -m rectify_xl.intake.worker``. It takes limits on memory and processor time where the system has them
(not on Windows; there the wall limit of the parent and the limits on sizes remain).
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.intake.files import read_file
from rectify_xl.intake.refusal import Refused, refused, sha256

if TYPE_CHECKING:
    from typing import BinaryIO

    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.fields import Schema

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 20
_RARELY = 500_000


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer until the parent closes the pipe. The first message is the schema, each further one a (path, name)."""
    # Cells are many and cycles few: a collection now and then is enough.
    gc.set_threshold(_RARELY)
    schema: Schema = pickle.load(requests)  # noqa: S301 - the parent's own pipe
    while True:
        try:
            path, relative = pickle.load(requests)  # noqa: S301
        except EOFError:
            return
        _allow_cpu(CPU_SECONDS)
        pickle.dump(_read(Path(path), relative, schema), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _read(path: Path, relative: str, schema: Schema) -> Submission:
    """Read a file; a mistake of the reader itself costs that file, by its right name, and not the worker."""
    try:
        return read_file(path, relative, schema)
    except MemoryError:
        return refused(relative, sha256(path), Refused("resource-limit", reason="读取时内存不足"))
    except Exception as error:  # noqa: BLE001 - the boundary of the process
        reason = f"读取程序出错（{type(error).__name__}：{error}），请把这个文件发给软件维护者"
        return refused(relative, sha256(path), Refused("unreadable-file", reason=reason))


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _allow_cpu(seconds: int) -> None:
    """Let the process use ``seconds`` more of processor time; beyond that the system ends it."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415

        usage = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(usage.ru_utime + usage.ru_stime) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def main() -> None:
    """Serve on the standard streams; prints of libraries must not reach the pipe."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory()
    serve(sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
