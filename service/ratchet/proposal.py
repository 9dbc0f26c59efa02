"""New rules for one account, judged against those in force: what holds at once, and what has to wait."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from dsl.problems import Problem
from dsl.ratchet.bundle import Bundle
from dsl.ratchet.change import Change, Verdict
from dsl.ratchet.judge import CannotJudge, judge
from engine.rule import Mode
from service import rules_source
from service.home import Home
from service.rules_source import Armed
from service.settings import AccountSettings, HomeSettings
from service.store.kept_rules import KeptRules


class CannotApply(Exception):
    """The files cannot be used as they stand, and nothing of them is. Carries every problem."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an account's files ask for. `now` may be taken over at once, `wanted` when what is looser may be too."""

    settings: AccountSettings
    changes: tuple[Change, ...]
    now: Armed
    wanted: Armed

    @property
    def waits(self) -> bool:
        """Whether something of it must wait."""
        return self.now.kept.digest != self.wanted.kept.digest

    @property
    def late(self) -> tuple[Change, ...]:
        """The changes that must wait."""
        return tuple(change for change in self.changes if change.verdict.waits)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the files of a home ask for: a proposal for each account that is guarded, and others.

    `added` are accounts with a file that are not guarded yet, with their rules; `left_out` names guarded ones without.
    """

    settings: HomeSettings
    proposals: tuple[Proposal, ...]
    added: tuple[tuple[AccountSettings, Armed], ...]
    left_out: tuple[str, ...]


def propose(home: Home, account: AccountSettings, held: Armed, roots: Collection[str] | None) -> Proposal:
    """Return what the files of an account ask for. Raises CannotApply.

    `roots`: the symbols that the venue lists; None while it was not asked.
    """
    wanted, problems = rules_source.load(home, account, roots)
    if wanted is None:
        raise CannotApply(problems)
    if wanted.kept.digest == held.kept.digest:
        return Proposal(account, (), wanted, wanted)
    if not held.kept.files:  # nothing guarded it before: whatever comes is stricter
        first = Change("all rules", "", f"{len(wanted.rules.rules)} rules", Verdict.STRICTER)
        return Proposal(account, (first,), wanted, wanted)
    try:
        judged = judge(bundle_of(held.kept), bundle_of(wanted.kept))
    except CannotJudge as error:
        raise CannotApply(list(error.problems)) from error
    if not judged.waits:
        return Proposal(account, judged.changes, wanted, wanted)
    return Proposal(account, judged.changes, _between(judged.now, held, wanted), wanted)


def bundle_of(kept: KeptRules) -> Bundle:
    """Return kept rules as the judge looks at them."""
    return Bundle(kept.files, kept.overrides, Mode[kept.mode], kept.may_act_live)


def _between(now: Bundle, held: Armed, wanted: Armed) -> Armed:
    """Return the rules with everything that is stricter, compiled; those in force where nothing is."""
    if now == bundle_of(held.kept):
        return held
    kept = replace(
        wanted.kept,
        files=now.files,
        overrides=now.overrides,
        mode=now.mode.name,
        may_act_live=now.may_act_live,
    )
    made = rules_source.compiled(rules_source.named(kept))
    assert made is not None, "the judge takes over only what can be used"
    return made
