"""What the source of a lock, and the key of a latch, tell: `rule/tier/kind/key`."""

from functools import lru_cache

from engine.locks import Lock
from engine.subject import Subject, SubjectKind


def latch_of(key: str) -> tuple[str, str]:
    """Return rule and subject of a latch's key, `rule/tier/kind/key`."""
    rule, _, subject = key.split("/", 2)
    return rule, subject


def subject_of(lock: Lock) -> Subject:
    """Return whom the rule was looked at for when it set the lock: the end of `rule/tier/kind/key`."""
    return _subject_in(lock.source)


@lru_cache(maxsize=4096)
def _subject_in(source: str) -> Subject:
    _, _, kind, key = source.split("/", 3)
    return Subject(SubjectKind(kind), key)
