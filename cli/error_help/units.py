"""E2xx: quantities and their units."""

from cli.error_help.text import Explained

UNITS = {
    "E201": Explained(
        "two values of different kinds are compared",
        "Money is compared with money, contracts with contracts. A number without a unit is only a number:\n\n"
        "    limit: 500         is 500 of nothing\n"
        "    limit: $500        is money\n"
        "    limit: 5 contracts is a size\n\n"
        "A guard that takes 500 ticks for 500 dollars guards nothing, so this is an error and never a conversion.",
    ),
    "E202": Explained(
        "points or ticks without an instrument",
        "How many ticks a point has depends on the instrument; a rule on the whole account has none.",
    ),
    "E203": Explained(
        "arithmetic that has no meaning",
        "Money plus money is money, money times a percentage is money; money times money is nothing.",
    ),
    "E204": Explained("this kind of value cannot stand here", "The message says which kind is needed."),
    "E205": Explained(
        "a yes or no is needed",
        "`when`, `and`, `or`, `not` and `where` take conditions. Compare the value with something.",
    ),
    "E207": Explained(
        "an amount outside its bounds", "The parameter says `min` and `max`; stay between them."
    ),
    "E208": Explained(
        "an amount that is not understood",
        "Write $500, $1,500, 5 contracts, 10 ticks, 40%, 30s, 5m, 1h, 2d. The dollar sign stands in front.",
    ),
    "E210": Explained(
        "a comparison whose answer never changes",
        "Losses and sizes are written as positive amounts. `day.realized_loss <= -$500` can never be true, so the\n"
        "rule would never act. Write `day.realized_loss >= $500`.",
    ),
    "E211": Explained(
        "a thousands comma between brackets",
        "Inside [ ] and { } a comma starts the next entry: {ES: $1,500} would mean $1. Use quotes, or no comma.",
    ),
    "E212": Explained("a division by zero", "Its result would be unknown for ever."),
    "E213": Explained(
        "a list or table of mixed kinds", "All entries are of one kind: all money, all contracts."
    ),
    "E215": Explained(
        "a parameter is a value",
        "Under `params:` stand numbers, lists and tables that an admin may change. Calculations go under `let:`.",
    ),
}
