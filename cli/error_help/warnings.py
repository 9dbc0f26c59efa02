"""W4xx and W5xx: doubtful, but usable."""

from cli.error_help.text import Explained

WARNINGS = {
    "W401": Explained(
        "a parameter that nothing uses",
        "Somebody may believe that it limits something. Use it or delete it.",
    ),
    "W402": Explained(
        "a window of 24 hours",
        'It moves with the clock, so it is not "today". `over trading_day` begins at 17:00 Chicago.',
    ),
}
