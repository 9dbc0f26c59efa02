"""The judge of changes: what of a new bundle is stricter and holds at once, and what is looser and has to wait."""

from dataclasses import dataclass

from dsl.problems import Problem
from dsl.ratchet.bundle import Bundle, Read, Reader
from dsl.ratchet.change import Change, Verdict
from dsl.ratchet.covers import covers
from dsl.ratchet.edits import Edit, edits_between, made, shown


@dataclass(frozen=True, slots=True)
class Judged:
    """`now` is the old bundle with everything that is proved to be no looser. `changes` has every difference.

    `now` equals the new bundle when nothing has to wait.
    """

    now: Bundle
    changes: tuple[Change, ...]

    @property
    def waits(self) -> bool:
        """Whether something must wait for the next session."""
        return any(change.verdict.waits for change in self.changes)


class CannotJudge(Exception):
    """The new bundle cannot be used at all. Carries every problem found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(problem.message for problem in problems if problem.is_error))
        self.problems = problems


def judge(old: Bundle, new: Bundle) -> Judged:
    """Return what changes from one bundle to another and what of it may hold at once. Raises CannotJudge.

    Each edit is tried alone on top of those already taken; edits that only make sense together are tried together.
    Every step is proved to ask for at least as much as the one before, so the sum of them does too.
    """
    reader = Reader()
    wanted = reader.read(new)
    if not wanted.is_usable:
        raise CannotJudge(wanted.problems)
    base = reader.read(old)
    if not base.is_usable:  # written in a version that is not read any more, or by a newer one
        why = "the rules in force cannot be read, so nothing can be compared with them"
        return Judged(old, (Change("all rules", "", "", Verdict.UNKNOWN, why),))
    bench = _Bench(reader, base)
    waiting = bench.take_singly(edits_between(old, new))
    for group in (_by_file(waiting), [waiting]):
        for together in group:
            if len(together) > 1 and bench.take(together):
                waiting = [edit for edit in waiting if edit not in together]
    if not waiting:
        return Judged(new, tuple(bench.changes))
    left = [_left(edit, bench, wanted) for edit in waiting]
    return Judged(bench.base.bundle, (*bench.changes, *left))


class _Bench:
    """The bundle as far as it is taken over, and the changes that are."""

    def __init__(self, reader: Reader, base: Read) -> None:
        self.reader = reader
        self.base = base
        self.changes: list[Change] = []

    def take_singly(self, edits: list[Edit]) -> list[Edit]:
        """Take over each edit that is proved to be no looser by itself; return the others."""
        left, before = edits, -1
        while len(left) != before:  # one may make sense only after another was taken
            before = len(left)
            left = [edit for edit in left if not self.take([edit])]
        return left

    def take(self, edits: list[Edit]) -> bool:
        """Take edits over together if they are proved to be no looser; say whether they are."""
        tried = self.reader.read(made(self.base.bundle, edits))
        if not tried.is_usable or not covers(tried, self.base):
            return False
        verdict = Verdict.NEUTRAL if covers(self.base, tried) else Verdict.STRICTER
        why = "" if len(edits) == 1 else "together with the others of its file"
        self.changes += [_change(edit, verdict, why) for edit in edits]
        self.base = tried
        return True


def _left(edit: Edit, bench: _Bench, wanted: Read) -> Change:
    """Return the change of an edit that has to wait, and whether it is looser or only not known to be stricter."""
    tried = bench.reader.read(made(bench.base.bundle, [edit]))
    if not tried.is_usable:
        return _change(edit, Verdict.UNKNOWN, "it makes sense only together with other changes")
    if covers(bench.base, tried):
        return _change(edit, Verdict.LOOSER, "")
    return _change(edit, Verdict.UNKNOWN, "it cannot be proved to be stricter, so it counts as looser")


def _by_file(edits: list[Edit]) -> list[list[Edit]]:
    names = dict.fromkeys(edit.name for edit in edits if edit.name)
    return [[edit for edit in edits if edit.name == name] for name in names]


def _change(edit: Edit, verdict: Verdict, why: str) -> Change:
    return Change(edit.what, shown(edit.old), shown(edit.new), verdict, why)
