"""What each endpoint's error codes mean for us. The same number means different things on each of them."""

from engine.events import Answer, Refusal

CLOSE = "/api/Position/closeContract"
PARTIAL_CLOSE = "/api/Position/partialCloseContract"
CANCEL = "/api/Order/cancel"
MODIFY = "/api/Order/modify"
PLACE = "/api/Order/place"

_UNKNOWN = (Answer.UNKNOWN, None)
_GONE = (Answer.REFUSED, Refusal.GONE)
_PAUSED = (Answer.REFUSED, Refusal.PAUSED)
_FORBIDDEN = (Answer.REFUSED, Refusal.FORBIDDEN)
_OTHER = (Answer.REFUSED, Refusal.OTHER)

Meaning = tuple[Answer, Refusal | None]

_MEANINGS: dict[str, dict[int, tuple[str, Meaning]]] = {
    CLOSE: {
        1: ("account not found", _FORBIDDEN),
        2: ("no such position", _GONE),
        3: ("contract not found", _OTHER),
        4: ("contract not active", _PAUSED),
        5: ("order rejected", _PAUSED),
        6: ("order pending", _UNKNOWN),
        7: ("unknown error", _UNKNOWN),
        8: ("account rejected", _FORBIDDEN),
    },
    PARTIAL_CLOSE: {
        1: ("account not found", _FORBIDDEN),
        2: ("no such position", _GONE),
        3: ("contract not found", _OTHER),
        4: ("contract not active", _PAUSED),
        5: ("invalid close size", _GONE),  # smaller than we thought: read and see
        6: ("order rejected", _PAUSED),  # market closed or halted, or no current price
        7: ("order pending", _UNKNOWN),
        8: ("unknown error", _UNKNOWN),
        9: ("account rejected", _FORBIDDEN),
    },
    CANCEL: {
        1: ("account not found", _FORBIDDEN),
        2: ("no such order", _GONE),
        3: ("rejected", _PAUSED),
        4: ("pending", _UNKNOWN),
        5: ("unknown error", _UNKNOWN),
        6: ("account rejected", _FORBIDDEN),  # follower and live accounts
    },
    MODIFY: {
        1: ("account not found", _FORBIDDEN),
        2: ("no such order", _GONE),
        3: ("rejected", _OTHER),
        4: ("pending", _UNKNOWN),
        5: ("unknown error", _UNKNOWN),
        6: ("account rejected", _FORBIDDEN),
        7: ("contract not found", _OTHER),
    },
    PLACE: {
        1: ("account not found", _FORBIDDEN),
        2: ("order rejected", _OTHER),  # every validation, the closed market and a tag used before
        3: ("insufficient funds", _OTHER),
        4: ("account violation", _FORBIDDEN),
        5: ("outside trading hours", _PAUSED),
        6: ("order pending", _UNKNOWN),
        7: ("unknown error", _UNKNOWN),
        8: ("contract not found", _OTHER),
        9: ("contract not active", _PAUSED),
        10: ("account rejected", _FORBIDDEN),
    },
}


def meaning_of(path: str, code: int) -> tuple[str, Meaning]:
    """Return the code's name and what it means; a code we do not know leaves the outcome unknown."""
    return _MEANINGS[path].get(code, ("a code we do not know", _UNKNOWN))
