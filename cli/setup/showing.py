"""What is shown before anything is stored: what will be armed, what will not, and what would trip right now."""

from cli.plain import plain
from cli.terminal import say
from engine.outcome import Decision, DecisionKind
from engine.rule import Mode
from service.setup.answers import AccountAnswer
from service.setup.prospect import Prospect
from service.setup.trial import Trial

WORDS = {
    DecisionKind.BREACH: "would act now",
    DecisionKind.PENDING: "would act if it stays so",
    DecisionKind.WARN: "would warn now",
    DecisionKind.UNKNOWN: "cannot tell before there are quotes",
}


def show_arming(account: AccountAnswer, found: Prospect) -> None:
    """Print which rules watch the account, and which will not be armed."""
    say(f"\nWhat guards {account.name}, once you set its mode to `enforce` (now it is `shadow`):")
    for mode, words in (
        (Mode.ENFORCE, "acts"),
        (Mode.WARN, "warns"),
        (Mode.SHADOW, "only recorded"),
        (Mode.OFF, "off"),
    ):
        names = [rule.name for rule in found.by_mode(mode)]
        if names:
            say(f"  {words:<14} {', '.join(names)}")
    for name, why in found.lacks.items():
        say(f"  {'NOT armed':<14} {name}: {plain(why, 160)}")


def show_trial(account: AccountAnswer, found: Trial) -> None:
    """Print what the rules say to the account as it is."""
    say(f"\nWhat would trip on {account.name} right now, if everything acted:")
    told = [one for one in found.decisions if one.kind in WORDS]
    if not told:
        say("  nothing")
    for one in told:
        say(f"  {WORDS[one.kind]}: {plain(one.rule, 40)}{_more(one)}")


def _more(one: Decision) -> str:
    subject = (
        f" ({plain(one.subject.partition('/')[2], 30)})"
        if "/" in one.subject and not one.subject.endswith("/")
        else ""
    )
    message = f": {plain(' '.join(one.message.split()), 160)}" if one.message else ""
    return f"{subject}{message}"
