"""W4xx: doubtful, but usable."""

from cli.error_help.text import Explained

DOUBTS = {
    "W401": Explained(
        "a parameter that nothing uses",
        "Somebody may believe that it limits something. Use it or delete it.",
    ),
    "W402": Explained(
        "a window of 24 hours",
        'It moves with the clock, so it is not "today". `over trading_day` begins at 17:00 Chicago.',
    ),
    "W403": Explained("a name under `let:` that nothing uses", "Use it or delete it."),
    "W404": Explained(
        "what holds while a quote is missing is not said",
        "The rule closes or locks by a value that needs quotes. Say what it does while there is none:\n"
        "`if_unknown: hold`, `no_increase` or `breach`, or name the worst case with `fallback(...)`.",
    ),
    "W405": Explained(
        "a rule without a test",
        "A test shows at which fill a rule acts, and that it still does after the next edit. See `risk test -h`.",
    ),
}
