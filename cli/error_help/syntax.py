"""E1xx: how an expression is written."""

from cli.error_help.text import Explained

SYNTAX = {
    "E101": Explained(
        "something does not fit here",
        "An expression compares values: `account.gross_contracts > limit`, joined with `and`, `or`, `not`.\n"
        "Values are money ($500), contracts (5 contracts), ticks, percentages (40%), times (17:00), lengths (30m).",
    ),
    "E102": Explained(
        "an operator or word from another language",
        "Write ==, !=, <, <=, >, >=, and, or, not, in. Names are in small letters.",
    ),
    "E103": Explained(
        "comparisons cannot be chained",
        "`$100 < x < $200` reads well but means different things in different languages. Write two comparisons\n"
        "joined with `and`.",
    ),
    "E104": Explained(
        "a comment cuts the expression off",
        "In YAML ` #` starts a comment. What follows would silently be ignored, and the rule mean less than it says.",
    ),
    "E105": Explained("brackets do not match", "Each ( [ { needs its partner."),
    "E106": Explained("something is missing", "The expression ends, or a bracket closes, too early."),
    "E107": Explained("quotes", 'A text stands between two plain double quotes: "like this".'),
    "E108": Explained(
        "the expression is too long or too deep",
        "Give parts of it a name under `let:`; names are worked out once and shown on the screens.",
    ),
}
