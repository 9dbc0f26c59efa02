"""What the account went beyond a limit until it was brought back: told apart from the limit itself."""

from engine.enforcement import Enforcement
from engine.view import gauges
from service.guarded import Guarded
from service.wording import in_words


def beyond(one: Enforcement, account: Guarded) -> list[dict[str, str]]:
    """Return for each rule of an enforcement that measures money what stood there at the proof, and how much too much."""
    rules = {reason.rule for reason in one.reasons}
    found = []
    for reading in gauges(account.state, account.rules):
        value, limit = reading.value, reading.limit
        if reading.rule not in rules or reading.unit != "money" or value is None or limit is None:
            continue
        if value > limit >= 0:
            found.append(
                {
                    "rule": reading.rule,
                    "value": in_words(value, reading.unit),
                    "limit": in_words(limit, reading.unit),
                    "beyond": in_words(value - limit, reading.unit),
                }
            )
    return found
