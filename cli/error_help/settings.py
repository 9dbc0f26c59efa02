"""S0xx: settings.yaml and accounts/NAME.yaml."""

from cli.error_help.text import Explained

SETTINGS = {
    "S001": Explained("an unknown setting", "The commented examples in service/examples show what there is."),
    "S002": Explained("a setting is missing", "The help line shows what to add."),
    "S003": Explained("a value that cannot be used", "The help line shows what can stand there."),
    "S004": Explained(
        "a name that leads nowhere",
        "An account names a login, a login names a gateway, an account names a ruleset. Each must exist.",
    ),
    "S006": Explained(
        "a figure that only you know",
        "The venue does not tell an account's start balance, its floor, or when the firm paid out. A rule that reads "
        "one cannot be armed before somebody typed it in: `account.start_balance`, `account.operator_floor` or "
        "`account.last_payout` under `set:` in accounts/NAME.yaml. Rules that read `news.*` need the list news.yaml.",
    ),
    "S005": Explained(
        "one account is guarded twice", "Two files with one id would fight each other. Keep one."
    ),
}
