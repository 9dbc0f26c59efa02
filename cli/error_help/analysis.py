"""A3xx: every line is right, but it cannot be meant so. Found by looking at all states a condition can see."""

from cli.error_help.text import Explained

ANALYSIS = {
    "A301": Explained(
        "a rule that can never fire",
        "No state of the account satisfies the condition, so the rule guards nothing. Mostly a sign or a direction is\n"
        "turned around: losses are positive amounts, `account.open_loss >= $300`.",
    ),
    "A302": Explained(
        "a rule that always fires",
        "Every state satisfies the condition, for example `account.open_loss >= limit` with `limit: $0`: the rule\n"
        "would act at once and never stop.",
    ),
    "A303": Explained(
        "a tier that another one makes pointless",
        "Whenever it applies, another tier applies too and asks for as much or more. Often two limits are swapped.",
    ),
    "A305": Explained(
        "a warning that comes too late",
        "The early warning is there to be seen before the rule acts: `limit * warn_at` with `warn_at: 80%`.",
    ),
    "A306": Explained(
        "a rule that clears where it fires",
        "`clear_when` keeps a rule from switching on and off: fire at $300, clear below $200. If both hold at one\n"
        "value, the rule fires, clears and fires again with each price.",
    ),
    "A307": Explained(
        "a lock without an end",
        "The lock refuses entries and everything is flat, so no trade can change what its end waits for. Only an\n"
        "admin could lift it. If that is meant, write `until: manual`.",
    ),
    "A308": Explained(
        "a lock that holds for weeks",
        "Its end is an opening of hours that `closed_on` keeps shut for more than a week.",
    ),
    "A309": Explained(
        "two clocks for today",
        "A rule's own reset and the trading day of the ruleset differ, so `since reset` and `over trading_day` (and\n"
        "the fields `day.…`) speak of two different days. Reports and limits would not add up.",
    ),
    "A310": Explained(
        "nothing is enforced",
        "All rules watch or warn, none acts: right for a trial, dangerous if somebody relies on it.",
    ),
}
