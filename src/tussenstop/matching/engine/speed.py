"""Compiled where numba is installed, plain where it is not; the same result either way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

try:
    from numba import njit
except ImportError:  # the extra `scale` is not installed
    njit = None

Function = TypeVar("Function", bound=Callable[..., Any])

COMPILED = njit is not None

_wanted = [True]


def compiled(function: Function) -> Function:
    """The function as machine code, kept on disk between runs; itself without numba."""
    if njit is None:
        return function
    try:
        return cast("Function", njit(cache=True, nogil=True)(function))
    except RuntimeError:  # nowhere to keep it: compile anew in every process
        return cast("Function", njit(nogil=True)(function))


def plain(function: Function) -> Function:
    """The Python function behind a compiled one."""
    return cast("Function", getattr(function, "py_func", function))


def fast() -> bool:
    """Whether compiled kernels are there and wanted."""
    return COMPILED and _wanted[0]


@contextmanager
def without_numba() -> Iterator[None]:
    """Act as if numba were not installed: for tests and measurements, in one thread."""
    before = _wanted[0]
    _wanted[0] = False
    try:
        yield
    finally:
        _wanted[0] = before
