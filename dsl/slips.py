"""Why an expression cannot be read: the usual slips, looked for in the text around the place where reading stopped."""

import re
from collections.abc import Callable

from dsl.amount_slips import find_slip
from dsl.slip_brackets import open_bracket, stray_bracket
from dsl.slip_signs import Slip, find_sign
from dsl.slip_stop import Stop
from dsl.slip_words import capitals, doubled_word, foreign_word, no_operator, percent_of, window


def find_cause(stop: Stop) -> Slip:
    """Return the most likely cause."""
    for look in _CAUSES:
        slip = look(stop)
        if slip is not None:
            return slip
    word = stop.word()
    if word is None:
        return _too_early(stop)
    if word[0][0] in "$0123456789":
        advice = "write for example `$1,500`, `5 contracts`, `10 ticks`, `15m`, `40%` or `3`"
        return Slip("E208", f"`{word[0]}` is not an amount I understand", word.start(), word.end(), advice)
    return Slip(
        "E101",
        f"`{word[0]}` does not fit here",
        word.start(),
        word.end(),
        "look at what stands directly before it: is something missing or too much?",
    )


def _sign(stop: Stop) -> Slip | None:
    return find_sign(stop.text, stop.at)


def _amount(stop: Stop) -> Slip | None:
    found = find_slip(stop.text, stop.at)
    if not found:
        return None
    start, end, better = found
    return Slip(
        "E208", f"`{stop.text[start:end]}` is not an amount I understand", start, end, f"write `{better}`"
    )


def _chain(stop: Stop) -> Slip | None:
    """Return the second comparison of `a < b < c`."""
    if stop.token != "CMP":  # noqa: S105 - a sort of word, not a secret
        return None
    depth = 0
    for word in reversed(stop.words_before()):
        depth += (word[0] in ")]") - (word[0] in "([")
        if depth < 0 or (depth == 0 and word[0] in {"and", "or", "where", ","}):
            return None
        if depth == 0 and re.fullmatch(r"[<>=!]=|[<>]|in", word[0]):
            break
    else:
        return None
    sign = stop.word()
    end = sign.end() if sign else stop.at + 1
    return Slip(
        "E103", "comparisons cannot be chained", stop.at, end, "write it as two comparisons joined with `and`"
    )


def _too_early(stop: Stop) -> Slip:
    words = stop.words_before()
    last = words[-1] if words else None
    start, end = (last.start(), last.end()) if last else (0, len(stop.text))
    return Slip("E106", f"the {stop.what} ends too early", start, end, "finish it", "something must follow")


def _end(stop: Stop) -> Slip | None:
    return _too_early(stop) if stop.is_end else None


_CAUSES: tuple[Callable[[Stop], Slip | None], ...] = (
    lambda stop: open_bracket(stop.text) if stop.is_end else None,
    _end,
    _amount,
    _sign,
    percent_of,
    window,
    _chain,
    foreign_word,
    lambda stop: stray_bracket(stop.text, stop.at),
    lambda stop: open_bracket(stop.text),
    capitals,
    doubled_word,
    no_operator,
)
