"""A checked rule becomes a rule of the engine: its expressions generated, its windows and wakes collected."""

from collections.abc import Callable, Mapping
from typing import Any

from dsl.actions import PlannedAction, then_of
from dsl.check_actions import CheckedAction
from dsl.checked_rule import CheckedRule, CheckedTier
from dsl.compile_expr import Compiler
from dsl.compile_falling import falling_count
from dsl.compile_gauge import compile_gauge, end_of_hours
from dsl.compile_reach import with_reach
from dsl.compile_shown import compile_shown
from dsl.compile_source import Function, Module
from dsl.compile_topics import SUBJECTS, streams_of, topics_of
from dsl.compile_wake import Wake, earliest, wakes_of, window_wake
from dsl.compile_windows import PlannedWindow, Windows
from dsl.condition_digest import condition_digest
from dsl.describe_expr import words_of
from dsl.exempt import end_wake, exemptions, start_of, unless_exempt
from dsl.messages import CheckedMessage, say_message
from dsl.typed import AggregateUse, Typed
from engine.facts import Facts
from engine.rule import EarlyWarning, Message, Mode, Rule, RuleScope, Tier
from engine.settings import Settings
from engine.units import Duration
from engine.windows import Window

Read = Callable[[Facts], Any]


class RuleCompiler:
    """Collects the functions of one rule in one module."""

    def __init__(self, checked: CheckedRule) -> None:
        self.checked = checked
        self.module = Module()
        self.windows = Windows(self.module)
        self.untils: dict[str, Typed] = {}

    def read(self, typed: Typed, name: str) -> Read:
        """Write a function for an expression and return it."""
        function = Function(self.module, name)
        return self.module.load(function.finish(Compiler(function, self.windows).compile(typed).text))

    def message(self, message: CheckedMessage | None) -> Message:
        """Return the words of a message; a rule without one says its title."""
        if message is None:
            title = self.checked.document.title
            words = title.text if title is not None else ""
            return lambda f, context: words
        reads = {
            place: self.read(slot, "said")
            for place, slot in enumerate(message.slots)
            if isinstance(slot, Typed)
        }
        return say_message(message, reads)

    def tier(self, tier: CheckedTier) -> Tier:
        """Return one tier with its actions."""
        document, tz = self.checked.document, self.checked.context.ruleset.tz
        exempt = exemptions(document.exceptions, tz)
        planned = tuple(
            self._action(action, f"{tier.name}.{place}") for place, action in enumerate(tier.actions)
        )
        return Tier(
            name=tier.name,
            when=unless_exempt(self.read(tier.when, "when"), exempt),
            then=then_of(planned),
            hold=self.read(tier.hold, "hold") if tier.hold is not None else None,
            streams=streams_of(tier.when),
            gauge=compile_gauge(tier.gauge, self.read),
            closes=end_of_hours(tier.when, self.read),
            text=words_of(tier.when),
            shown=compile_shown(tier.when, self.read),
        )

    def _action(self, action: CheckedAction, place: str) -> PlannedAction:
        reads = {name: self.read(amount, "amount") for name, amount in action.amounts.items()}
        measure = self.read(action.measure, "measure") if action.measure is not None else None
        if action.until is None:
            return PlannedAction(action, reads, measure)
        self.untils[place] = action.until
        return PlannedAction(action, reads, measure, place, words_of(action.until))

    def window_of(self, aggregate: Typed) -> PlannedWindow:
        """Return the window of an aggregate that was compiled before."""
        self.read(aggregate, "wake")
        return self.windows.planned[self.windows.keys[id(aggregate)]]

    def made_windows(self) -> Mapping[str, Window]:
        """Return the windows with their functions loaded."""
        return {
            key: Window(
                key=key,
                stream=planned.use.stream.stream if planned.use.stream is not None else None,
                span=_span(planned.use),
                keep=self.module.space[planned.keep],
                value=self.module.space[planned.value],
                accumulator=planned.accumulator,
            )
            for key, planned in self.windows.planned.items()
        }


HELPING = frozenset({"move_stop", "notify"})
"""What a rule may do without anything being broken: it follows a winner with the stop."""


def _only_helps(checked: CheckedRule) -> bool:
    names = {action.name for tier in checked.tiers for action in tier.actions}
    return "move_stop" in names and names <= HELPING


def _settings_of(checked: CheckedRule, compiler: RuleCompiler) -> Settings | None:
    """Return the rule's own settings, with how far away stops may be where it says that itself."""
    shared = checked.context.ruleset
    if checked.reach is None or checked.reach is shared.reach:
        return checked.settings
    return with_reach(
        checked.settings or shared.settings, checked.reach, compiler.read(checked.reach, "reach")
    )


def _span(use: AggregateUse) -> Any:
    assert use.span is not None, "what is now is no window"
    return use.span


def compile_checked(checked: CheckedRule, digest: str) -> tuple[Rule, str]:
    """Return the rule and its generated source. The rule has no errors: its checker said so."""
    document, compiler = checked.document, RuleCompiler(checked)
    tiers = tuple(compiler.tier(tier) for tier in checked.tiers)
    message = compiler.message(checked.message)
    warn = checked.warn
    early = (
        EarlyWarning(compiler.read(warn.when, "warn"), compiler.message(warn.message))
        if warn is not None
        else None
    )
    clear_when = compiler.read(checked.clear_when, "clear_when") if checked.clear_when is not None else None
    gauge = compile_gauge(checked.gauge, compiler.read)
    untils = {key: compiler.read(until, "until") for key, until in compiler.untils.items()}
    wakes = [
        wake
        for each in checked.conditions
        for wake in wakes_of(each, lambda part: compiler.read(part, "wake"))
    ]
    until_wakes = {key: _until_wake(until, compiler) for key, until in compiler.untils.items()}
    tz = checked.context.ruleset.tz
    wakes.append(end_wake(exemptions(document.exceptions, tz)))
    assert document.rule is not None, "required"
    assert document.title is not None, "required"
    assert document.mode is not None, "required"
    assert document.scope is not None, "required"
    rule = Rule(
        name=document.rule.text,
        title=document.title.text,
        mode=Mode[document.mode.text.upper()],
        scope=RuleScope(document.scope.text),
        tiers=tiers,
        reads=topics_of(checked.conditions) | SUBJECTS[document.scope.text],
        message=message,
        wake=earliest(wakes),
        severity=document.severity.text if document.severity else "medium",
        why=document.why.text if document.why else "",
        windows=compiler.made_windows(),
        untils=untils,
        until_wakes=until_wakes,
        for_each_scale_in=document.for_each is not None,
        only_helps=_only_helps(checked),
        reset=checked.reset,
        if_unknown=checked.if_unknown,
        clear_when=clear_when,
        clear_for=Duration(checked.clear_for),
        warn=early,
        gauge=gauge,
        expires=start_of(document.expires, tz) if document.expires else None,
        settings=_settings_of(checked, compiler),
        source=document.source.path,
        digest=digest,
        conditions=condition_digest(checked),
    )
    return rule, compiler.module.source()


def _until_wake(until: Typed, compiler: RuleCompiler) -> Wake:
    """Return when time alone could make an `until:` true, windows that lose an item included."""
    falling = falling_count(until, compiler.window_of, lambda part: compiler.read(part, "wake"))
    if falling is not None:
        return falling
    wakes = wakes_of(until, lambda part: compiler.read(part, "wake"))
    keys = [compiler.window_of(part).key for part in until.walk() if _is_window(part)]
    return earliest([*wakes, *(window_wake(key) for key in keys)])


def _is_window(part: Typed) -> bool:
    return isinstance(part.ref, AggregateUse) and part.ref.span is not None
