"""What a home would guard before it exists: the rules with the chosen values, and which of them cannot be armed yet."""

from collections.abc import Mapping
from dataclasses import dataclass

from dsl.pipeline import Loaded, load_ruleset
from dsl.problems import Problem, Source, Span, has_errors
from engine.rule import Mode, Rule, RuleSet
from service.rules_source import SHIPPED
from service.settings import AccountSettings
from service.setup.answers import AccountAnswer, Answers
from service.unarmable import unarmable

ENDINGS = {"start_balance": "the balance this account began with", "operator_floor": "the floor the firm shows",
           "last_payout": "the day of the last payout, or `never`"}  # fmt: skip
"""Figures that the venue does not tell, in words for who is asked."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """`lacks` names for each rule why it cannot be armed; `problems` are what must be fixed before anything else."""

    loaded: Loaded
    lacks: Mapping[str, str]
    problems: tuple[Problem, ...]

    @property
    def rules(self) -> RuleSet | None:
        return self.loaded.ruleset

    def by_mode(self, mode: Mode) -> list[Rule]:
        """Return the rules that are written with a mode and lack nothing."""
        rules = self.rules.rules if self.rules is not None else ()
        return [rule for rule in rules if rule.mode is mode and rule.name not in self.lacks]


def prospect(answers: Answers, account: AccountAnswer) -> Prospect:
    """Return what would guard an account in mode `enforce`; nothing is written."""
    own = {**answers.values, **account.own}
    loaded = load_ruleset(SHIPPED / answers.ruleset, overrides=own)
    nowhere = Span(Source("accounts", ""), 0, 0)
    settings = AccountSettings(
        account.name, account.id, answers.login, Mode.ENFORCE, answers.ruleset, nowhere, own, {}, ()
    )
    lacks = {problem.message.split("`")[1]: problem.message for problem in unarmable(loaded, settings)}
    errors = tuple(loaded.problems) if has_errors(loaded.problems) else ()
    return Prospect(loaded, lacks, errors)


def figures_needed(answers: Answers, account: AccountAnswer) -> dict[str, str]:
    """Return the figures that somebody has to type in for this account, each with its words."""
    lacks = prospect(answers, account).lacks.values()
    return {
        name: words for name, words in ENDINGS.items() if any(f"account.{name}" in lack for lack in lacks)
    }
