"""E6xx and E7xx: actions and messages."""

from cli.error_help.text import Explained

ACTIONS = {
    "E601": Explained(
        "an unknown action",
        "Actions are: flatten, close, reduce_to, cancel_orders, lock, cooldown, move_stop, require_stop, notify.",
    ),
    "E602": Explained("an action with a value it cannot have", "The help line shows what can stand there."),
    "E604": Explained("a setting that this action does not have", "The help line shows what it may have."),
    "E605": Explained(
        "an action that this scope does not have",
        "`close: position` needs a rule that looks at each position on its own.",
    ),
    "E606": Explained(
        "an end that is no end",
        "A lock ends at a reset, by hand, after a time, or when a condition becomes true.",
    ),
    "E607": Explained(
        "a lock that never says when it ends",
        "Add `until: reset`, `until: manual`, `for: 30m`, or a condition such as `until: inside(open_hours)`.",
    ),
    "E608": Explained("`until: reset` without a reset", "Add `reset: trading_day`, or a cron expression."),
    "E609": Explained(
        "a lock with two ends", "Keep `until:` or `for:`. Which of two holds must not be a guess."
    ),
    "E610": Explained(
        "an amount that an action cannot use", "Amounts are not negative, and lengths have an end."
    ),
    "E611": Explained(
        "an exception by symbol in a rule on the account", "Use `scope: symbol` or `scope: position`."
    ),
    "E612": Explained(
        "`for_each: scale_in` out of place", "It gives each addition to a position its own time."
    ),
    "E701": Explained("a brace that stands alone", "In a message {name} is replaced by its value."),
    "E702": Explained(
        "a word that says nothing here",
        "{lock.until} needs a lock in every tier, since all share one message; {tier} needs tiers, {stop} a `move_stop`.\n"
        "None of them is known in the message under `warn:`, which is said before the rule acts.",
    ),
    "E703": Explained("a value that cannot be shown", "A message shows one value: for a table name its row."),
}
