"""The results of the trading day in the status document."""

from typing import Any

from engine.facts import Facts
from engine.facts.view import View
from engine.subject import THE_ACCOUNT
from service.guarded import Guarded
from service.iso import money


def day_figures(account: Guarded) -> dict[str, Any]:
    """Return the day's results in dollars, as rules see them: None where one is not known now."""
    view = View(account.state, account.rules.settings, THE_ACCOUNT, "", None, None)
    facts = Facts(view, {}, {})
    return {
        "realized_pnl": money(facts.day.realized_pnl),
        "open_pnl": money(facts.account.open_pnl),
        "total_pnl": money(facts.day.total_pnl),
        "equity": money(facts.account.equity),
    }
