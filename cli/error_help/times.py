"""E5xx: schedules, resets, calendars."""

from cli.error_help.text import Explained

TIMES = {
    "E501": Explained(
        "a schedule that cannot be used",
        "A schedule has `days`, `hours` (08:30..15:00), and optionally `tz`, `lead`, `closed_on`.",
    ),
    "E502": Explained("these are not dates", "Dates are written 2026-12-24."),
    "E503": Explained(
        "the calendar, the trading day or the sessions cannot be used",
        "See `tz`, `trading_day`, `sessions`, `calendar` and `flat_by` in ruleset.yaml.",
    ),
    "E504": Explained(
        "a reset that never happens",
        "A cron expression is: minute hour day month weekday. `0 17 * * *` is every day at 17:00.",
    ),
    "E505": Explained(
        "an unknown zone, group or date",
        "Zones have names such as America/Chicago; dates are written 2027-03-26.",
    ),
    "E506": Explained(
        "a reset that cannot be read",
        "A cron expression has five fields: minute hour day month weekday. `0 17 * * *` is every day at 17:00.",
    ),
    "W505": Explained(
        "a reset at a time that some days do not have, or have twice",
        "When clocks change, a time can be missing (the reset then comes at the jump) or come twice (it counts once).",
    ),
}
