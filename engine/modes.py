"""What a rule may really do: the weakest of its own mode, the ceiling, and what the account allows."""

from engine.rule import Mode, Rule, RuleSet
from engine.state import State


def may_act(state: State, rules: RuleSet) -> bool:
    """Say whether anything may be asked of the venue for this account.

    Orders through the API are not allowed on live accounts at this firm (`rules.md` 3): where the venue says that
    an account is not simulated, nothing is sent before a person wrote down that it may.
    """
    return rules.may_act_live or state.status is None or state.status.simulated


def effective_mode(state: State, rules: RuleSet, rule: Rule) -> Mode:
    """Return the weakest of rule, ceiling (with the account's mode in it), and `warn` where nothing may be sent."""
    weakest = rule.mode if rules.ceiling is Mode.ENFORCE else min(rule.mode, rules.ceiling)
    return Mode.WARN if weakest is Mode.ENFORCE and not may_act(state, rules) else weakest
