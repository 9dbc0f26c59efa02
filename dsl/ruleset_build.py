"""From `ruleset.yaml` and `lists.yaml` to what rules rely on: settings, calendar, shared lists."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from dsl import kinds
from dsl.account_figures import AccountFigures
from dsl.check_context import Context
from dsl.check_reach import is_plain
from dsl.constants import constant
from dsl.document_parts import Param, SettingsNode, StopsNode, Text
from dsl.market_days import DayException, build_calendar
from dsl.market_days_data import BadCalendar
from dsl.nodes import ListOf, Literal, ScheduleOf
from dsl.problems import Problem, Span
from dsl.ruleset_document import RulesetDocument
from dsl.ruleset_info import RulesetInfo
from dsl.say import time_of_day
from dsl.schedules import BadSchedule, ScheduleData
from dsl.typed import Constant, Table
from engine.rule import Mode
from engine.settings import Settings, Stops
from engine.units import HOUR, Duration, Money, Number, TimeOfDay

CHICAGO = "America/Chicago"
OPENING = TimeOfDay(17 * HOUR)
"""When a trading day starts where nothing else is written. Source: `rules.md` 1.0 a."""

DEFAULT_SESSION = ScheduleData(CHICAGO, ("MON", "TUE", "WED", "THU", "FRI"), ((17 * HOUR // 2, 15 * HOUR),))
"""08:30 to 15:00: the day hours of index futures."""


def default_info(name: str = "") -> RulesetInfo:
    """Return the surroundings of a rule that stands alone."""
    calendar = build_calendar(CHICAGO, OPENING, {"default": DEFAULT_SESSION}, None)
    return RulesetInfo(name, CHICAGO, time_of_day(OPENING), Settings(calendar=calendar))


def build_info(
    document: RulesetDocument,
    lists: Mapping[str, Param],
    problems: list[Problem],
    known_roots: frozenset[str] | None = None,
    exceptions: tuple[DayException, ...] = (),
) -> RulesetInfo:
    """Return the surroundings that a ruleset gives its rules; what cannot be used is reported and left as default."""
    settings = _settings(document, problems, exceptions)
    opening = document.trading_day
    info = RulesetInfo(
        name=document.ruleset.text if document.ruleset else "",
        tz=document.tz.text if document.tz else CHICAGO,
        trading_day=opening.text if opening else time_of_day(OPENING),
        settings=settings,
        ceiling=Mode[document.mode_ceiling.text.upper()] if document.mode_ceiling else Mode.ENFORCE,
        known_roots=known_roots,
    )
    context = Context("position", None, {}, {}, {}, False, info, problems)
    shared = {name: constant(param.value, context, name) for name, param in lists.items()}
    return replace(info, lists=shared, settings=_with_minis(settings, shared, problems))


def with_figures(info: RulesetInfo, figures: AccountFigures) -> RulesetInfo:
    """Return the surroundings with what an operator typed in about the account."""
    settings = replace(info.settings, figures=figures.amounts, payout=figures.payout)
    return replace(info, settings=settings)


def _settings(
    document: RulesetDocument, problems: list[Problem], exceptions: tuple[DayException, ...]
) -> Settings:
    tz = document.tz.text if document.tz else CHICAGO
    opening = document.trading_day.value if document.trading_day else OPENING
    flat_by = document.flat_by.value if document.flat_by else None
    sessions = {name: _session(schedule, tz) for name, schedule in document.sessions.items()}
    try:
        calendar = build_calendar(
            tz,
            TimeOfDay(opening) if isinstance(opening, int) else OPENING,
            sessions or {"default": replace(DEFAULT_SESSION, tz=tz)},
            TimeOfDay(flat_by) if isinstance(flat_by, int) else None,
            exceptions=exceptions,
            calendar_name=document.calendar.text if document.calendar else "cme",
        )
    except (BadCalendar, BadSchedule) as failure:
        problems.append(Problem("E503", str(failure), _place(document, failure)))
        calendar = build_calendar(CHICAGO, OPENING, {"default": DEFAULT_SESSION}, None)
    return own_settings(Settings(calendar=calendar), document.settings)


def _place(document: RulesetDocument, failure: Exception) -> Span:
    """Return where the calendar goes wrong: its zone, its name or its sessions."""
    parts: list[tuple[str, Text | None]] = [("zone", document.tz), ("calendar", document.calendar)]
    for word, text in parts:
        if word in str(failure) and text is not None:
            return text.span
    return document.keys.get("sessions", document.span)


def _session(schedule: ScheduleOf, tz: str) -> ScheduleData:
    closed = schedule.closed_on.items if isinstance(schedule.closed_on, ListOf) else ()
    return ScheduleData(
        tz=str(schedule.tz.value) if schedule.tz else tz,
        days=tuple(str(day.value) for day in schedule.days),
        hours=tuple(hours.value for hours in schedule.hours if isinstance(hours.value, tuple)),
        closed_on=tuple(
            date.fromisoformat(str(day.value))
            for day in closed
            if isinstance(day, Literal) and day.kind == kinds.DATE
        ),
        lead=Duration(schedule.lead.value)
        if schedule.lead and isinstance(schedule.lead.value, int)
        else Duration(0),
    )


def own_settings(settings: Settings, written: SettingsNode) -> Settings:
    """Return settings with those that a file writes itself."""
    band = written.breakeven_band
    return replace(
        settings,
        basis=written.basis.text if written.basis else settings.basis,
        trade_is=written.trade_is.text if written.trade_is else settings.trade_is,
        breakeven_band=_band(band) if band is not None else settings.breakeven_band,
        mark=written.mark.text if written.mark else settings.mark,
        fresh_for=Duration(_amount(written.fresh_for, settings.fresh_for)),
        confirm_jump=_amount(written.confirm_jump, 0) if written.confirm_jump else settings.confirm_jump,
        stops=_stops(settings.stops, written.stops) if written.stops else settings.stops,
    )


def _band(band: Text | Literal) -> Money | None:
    return Money(band.value) if isinstance(band, Literal) and isinstance(band.value, int) else None


def _amount(literal: Literal | None, default: int) -> int:
    return literal.value if literal is not None and isinstance(literal.value, int) else default


def _stops(stops: Stops, written: StopsNode) -> Stops:
    """Return what a file says about stops; a `max_distance` that depends on facts is worked out elsewhere."""
    node, distance = written.max_distance, stops.max_distance
    if isinstance(node, Literal) and is_plain(node):
        distance = node.value if isinstance(node.value, int) else None
    allow = written.allow_stop_limit
    return replace(
        stops,
        max_distance=distance,
        allow_stop_limit=bool(allow.value) if allow is not None else stops.allow_stop_limit,
        replace_grace=Duration(_amount(written.replace_grace, stops.replace_grace)),
        no_widening=written.no_widening.text if written.no_widening else stops.no_widening,
    )


def _with_minis(settings: Settings, lists: Mapping[str, Constant], problems: list[Problem]) -> Settings:
    """Return settings with the weights of `lists.minis` (ten micros are one mini)."""
    minis = lists.get("minis")
    if minis is None:
        return settings
    if not isinstance(minis.value, Table) or minis.kind.of not in (kinds.NUMBER, kinds.ZERO):
        problems.append(
            Problem(
                "E215",
                "`minis` must be a table of plain numbers by symbol",
                minis.span,
                help="write for example `{MES: 0.1, other: 1}`",
            )
        )
        return settings
    weights = {root: Number(weight) for root, weight in minis.value.rows.items()}
    if minis.value.other is not None:
        weights["other"] = Number(minis.value.other)
    return replace(settings, minis=weights)
