"""Compiled loops over arrays, and where their machine code is kept.

Every kernel is decorated with ``kernel``. Importing this package imports no compiler; importing one of its
modules does, so questions import them inside the function that needs them.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., Any])

_HERE = Path(__file__).resolve().parent
_config_lock = Lock()


def kernel(function: _Function) -> _Function:
    """Compile ``function`` with Numba when it is first called, without the GIL, and keep the machine code.

    A kernel takes and returns arrays and numbers only, accepts read-only arrays and never starts threads
    (``parallel=True`` ends the process when two run at once). Kernels of other rooms use this decorator too.
    """
    import numba

    config, njit = cast(Any, numba.config), cast(Any, numba.njit)
    directory = cache_directory(Path(function.__code__.co_filename).resolve().parent)
    # Numba reads this setting when a function is decorated; nobody else's functions shall see ours.
    with _config_lock:
        before = config.CACHE_DIR
        config.CACHE_DIR = str(directory)
        try:
            compiled: _Function = njit(nogil=True, cache=True, error_model="numpy")(function)
        finally:
            config.CACHE_DIR = before
    return compiled


@cache
def cache_directory(sources: Path) -> Path:
    """The directory for machine code compiled from ``sources``, made if need be.

    Numba notices a change in the function's own file but not in a helper of another file, and would go on
    serving code with the old helper inside. So the directory is named by a hash of all files that can be
    inlined: those beside the kernel and those of this package.
    """
    name = source_fingerprint(sources)
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    directory = Path(home) / "hamsafar" / "kernels" / name
    if _is_ours(directory):
        return directory
    # The cache holds code that will be run: in a directory anyone can write to, only our own will do.
    owner = os.getuid() if hasattr(os, "getuid") else "user"
    directory = Path(tempfile.gettempdir()) / f"hamsafar-{owner}" / name
    if _is_ours(directory):
        return directory
    return Path(tempfile.mkdtemp(prefix="hamsafar-kernels-"))


def source_fingerprint(sources: Path) -> str:
    """16 hex digits over the Python files of ``sources`` and of this package, and the interpreter."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=8)
    for folder in sorted({sources, _HERE}):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_ours(directory: Path) -> bool:
    """Whether ``directory`` (made if need be) can be written to, and nobody else could have filled it."""
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
        if not hasattr(os, "getuid"):
            return True
        return all(path.stat().st_uid == os.getuid() for path in (directory, directory.parent))
    except OSError:
        return False
