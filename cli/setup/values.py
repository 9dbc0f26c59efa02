"""The values of a pack, one question each, with what they mean: Enter keeps what stands there."""

from itertools import groupby

from cli.plain import plain
from cli.setup import asking
from cli.terminal import say
from dsl.pipeline import load_ruleset
from service.rules_source import SHIPPED
from service.setup.pack import Choice, choices, load_pack


def ask_values(pack: str) -> dict[str, str]:
    """Return the values that differ from the pack's own, by `rule.parameter`; each fits its rule."""
    offered = [choice for choice in choices(load_pack(pack)) if choice.mode != "off"]
    say(f"\n5. The pack has {len(offered)} values that you may change now or later (`risk admin configure`).")
    if not asking.yes("Go through them now?", default=False):
        return {}
    given: dict[str, str] = {}
    for (title, mode), group in groupby(offered, key=lambda choice: (choice.title, choice.mode)):
        say(f"\n  {plain(title, 60)} ({mode})")
        for choice in group:
            value = ask_value(pack, choice)
            if value != choice.text:
                given[choice.target] = value
    return given


def ask_value(pack: str, choice: Choice) -> str:
    """Return one value that fits its rule."""

    def read(text: str) -> str:
        if text == choice.text:
            return text
        loaded = load_ruleset(SHIPPED / pack, overrides={choice.target: text})
        problem = next((each for each in loaded.problems if each.is_error), None)
        if problem is not None:
            raise ValueError(f"{problem.message}. {problem.help}".rstrip(". ") + ".")
        return text

    about = f"  ({plain(choice.about, 80)})" if choice.about else ""
    name = choice.target.partition(".")[2]
    return asking.until_right(f"    {name}{about}", read, default=choice.text)
