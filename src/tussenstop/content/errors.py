"""Why a content pack was refused, in sentences."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one file; `key` is the path of the entry, empty for the whole file."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.key}" if self.key else self.file
        return f"{where}: {self.reason}"


class ContentError(Exception):
    """A content pack can't be used. Carries its first problem, and all of them in `problems`."""

    def __init__(self, file: str, key: str, reason: str, others: Iterable[Problem] = ()) -> None:
        others = tuple(others)
        super().__init__(file, key, reason, others)
        self.problems = (Problem(file, key, reason), *others)

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> "ContentError":
        """The error that reports all these problems."""
        first, *others = problems
        return cls(first.file, first.key, first.reason, others)

    @property
    def file(self) -> str:
        """The file of the first problem."""
        return self.problems[0].file

    @property
    def key(self) -> str:
        """The path of the entry of the first problem."""
        return self.problems[0].key

    @property
    def reason(self) -> str:
        """The first problem in a plain sentence."""
        return self.problems[0].reason

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))
