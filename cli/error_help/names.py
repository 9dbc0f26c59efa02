"""E3xx: names, scopes, streams and windows."""

from cli.error_help.text import Explained

NAMES = {
    "E301": Explained(
        "an unknown name",
        "`risk fields` lists what a rule may read. Names of your own stand under `params:` and `let:`.",
    ),
    "E302": Explained(
        "a field that this scope does not have",
        "A rule on the account sees the account; `position.…` exists where a rule looks at each position on its\n"
        "own (`scope: position`). `risk fields --scope account` lists what there is.",
    ),
    "E303": Explained("an unknown function", "`risk functions` lists them all."),
    "E304": Explained(
        "an unknown stream", "Streams are fills, trades, entries, orders and positions, among others."
    ),
    "E305": Explained(
        "an aggregate that is put together wrongly",
        "Write `count(entries over last 1h)` or `sum(pnl of fills since reset)`.",
    ),
    "E306": Explained("the wrong number of values", "`risk functions` shows what each function takes."),
    "E307": Explained("no window is needed here", "What is there now (positions, orders) has no past."),
    "E308": Explained(
        "counting without an end",
        "Without a window every event ever seen would count. Say which ones: over last 1h, over session,\n"
        "over trading_day, since reset.",
    ),
    "E309": Explained(
        "an unknown window",
        "Windows are: last LENGTH, session, trading_day, week, month. `today` has two meanings in futures: the\n"
        "trading day begins at 17:00 Chicago the evening before.",
    ),
    "E310": Explained(
        "`since reset` without a reset", "Add `reset:` with a cron expression, or choose a window."
    ),
    "E311": Explained("a name that is worked out from itself", "Break the circle under `let:`."),
    "E312": Explained(
        "a name that is already a field", "Inside an aggregate the fields of its items come first."
    ),
    "E313": Explained(
        "a table without a row for the others",
        "What holds for a symbol that is not listed? `other: 0 contracts` blocks it, `other: unlimited` allows it.",
    ),
    "E314": Explained("what is true now beside what has been", "Past events carry only their own fields."),
    "E315": Explained(
        "an account sets a parameter that does not exist",
        "Under `set:` in accounts/NAME.yaml stands `rule.parameter: value`, for parameters that the rule declares.",
    ),
    "E316": Explained(
        "the broker lists no such contract",
        "A rule for a symbol that does not exist would guard nothing. Use the trader's symbol: ES, MNQ, CL.",
    ),
    "E317": Explained(
        "one month in a rule for all months", "Name the symbol (MNQ), not the contract (MNQZ6)."
    ),
    "E318": Explained(
        "what cannot say how far away a stop may be",
        "`stops.max_distance` is worked out at every look at every stop. It may read fields and parameters, but nothing\n"
        "that itself depends on which stops count, and it cannot add up events or positions.",
    ),
}
