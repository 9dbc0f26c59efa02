"""Schedules known at load: what was written, cut for each product to the hours in which the venue takes orders."""

from datetime import date

from dsl import kinds
from dsl.check_context import Context
from dsl.hours import SymbolHours
from dsl.nodes import ListOf, Literal, Name, Node, ScheduleOf
from dsl.problems import Span
from dsl.schedules import BadSchedule, Hours, ScheduleData, build_schedule
from dsl.typed import Constant
from engine.schedule import Schedule
from engine.units import Duration


def schedule_constant(value: ScheduleOf, context: Context, name: str) -> Constant:
    """Return the schedule of a parameter or a row; of kind "anything" when something is wrong with it (reported)."""
    failed = Constant(kinds.ANY, None, value.span, value.span.text, name)
    closed_on = _dates(value.closed_on, context)
    if closed_on is None:
        return failed
    data = ScheduleData(
        tz=str(value.tz.value) if value.tz else context.ruleset.tz,
        days=tuple(str(day.value) for day in value.days),
        hours=tuple(hours.value for hours in value.hours if isinstance(hours.value, tuple)),
        closed_on=closed_on,
        lead=Duration(value.lead.value if value.lead and isinstance(value.lead.value, int) else 0),
    )
    try:
        build_schedule(data, None)
    except BadSchedule as failure:
        context.report("E501", failure.reason, _part(value, failure.part))
        return failed
    calendar = context.ruleset.settings.calendar

    def build(root: str) -> Schedule:
        market = calendar.market(root)
        return build_schedule(data, market if isinstance(market, Hours) else None)

    return Constant(kinds.SCHEDULE, SymbolHours(build, data), value.span, value.span.text, name)


def _part(value: ScheduleOf, part: str) -> Span:
    """Return the place of the part of a schedule that is wrong."""
    match part:
        case "tz" if value.tz:
            return value.tz.span
        case "days" if value.days:
            return value.days[0].span.to(value.days[-1].span)
        case "hours" if value.hours:
            return value.hours[0].span.to(value.hours[-1].span)
        case "lead" if value.lead:
            return value.lead.span
        case _:
            return value.span


def _dates(node: Node | None, context: Context) -> tuple[date, ...] | None:
    """Return the days of `closed_on`, None when they cannot be read (reported)."""
    match node:
        case None:
            return ()
        case ListOf(items=items):
            days = [item.value for item in items if isinstance(item, Literal) and item.kind == kinds.DATE]
            if len(days) == len(items):
                return tuple(date.fromisoformat(str(day)) for day in days)
        case Name(parts=("lists", name)) if name in context.ruleset.lists:
            shared = context.ruleset.lists[name]
            if shared.kind == kinds.list_of(kinds.DATE):
                return tuple(date.fromisoformat(day) for day in shared.value)
        case _:
            pass
    context.report("E502", "these are not dates", node.span, help="write them as `[2025-12-24, 2025-12-31]`")
    return None
