"""Rules as a test runs them: enforcing whatever their mode says, with settings that the test may change."""

from collections.abc import Callable
from dataclasses import replace

from engine.rule import Mode, Rule, RuleSet
from engine.settings import Settings


def enforcing(rules: RuleSet) -> RuleSet:
    """Return the rules with the mode `enforce`: a test is about what a rule means, whatever it may do today."""
    return replace(
        rules, ceiling=Mode.ENFORCE, rules=tuple(replace(rule, mode=Mode.ENFORCE) for rule in rules.rules)
    )


def with_settings(rules: RuleSet, change: Callable[[Settings], Settings]) -> RuleSet:
    """Return the rules with changed settings: those of the ruleset, and those of a rule that has its own."""

    def changed(rule: Rule) -> Rule:
        return rule if rule.settings is None else replace(rule, settings=change(rule.settings))

    return replace(rules, settings=change(rules.settings), rules=tuple(changed(rule) for rule in rules.rules))
