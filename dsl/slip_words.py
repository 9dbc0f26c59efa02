"""Slips in the words of an expression: windows, words of other languages, capitals, missing operators."""

import re

from dsl.slip_signs import WORDS, Slip
from dsl.slip_stop import Stop

_NAME = re.compile(r"[A-Za-z_]\w*")
_STREAM_WORDS = {"over", "since", "where", "of", "last"}
GRAMMAR_WORDS = _STREAM_WORDS - {"last"} | {"and", "or", "not", "in"}
"""Words that join parts of an expression and are never names."""

_WINDOWS = {"session", "trading_day", "week", "month"}


def foreign_word(stop: Stop) -> Slip | None:
    """Return the slip of a word of another language, or None."""
    word, before = stop.word(), stop.words_before()
    for found in [word, *before[-1:]]:
        if found is None or found[0] not in WORDS:
            continue
        better = WORDS[found[0]]
        if found[0] == "is" and re.match(r"\s+not\b", stop.text[found.end() :]):
            better = "!="
        return Slip(
            "E102", f"`{found[0]}` is not a word of rules", found.start(), found.end(), f"write `{better}`"
        )
    if before and before[-1][0] in {"if", "when"} and len(before) == 1:
        first = before[0]
        return Slip(
            "E101", f"`{first[0]}` is not needed here", first.start(), first.end(), f"delete `{first[0]}`"
        )
    return None


def percent_of(stop: Stop) -> Slip | None:
    """Return the slip `80% of limit`, or None."""
    before, word = stop.words_before(), stop.word()
    if not (word and word[0] == "of" and before and before[-1][0].endswith("%")):
        return None
    after = _NAME.search(stop.text, word.end())
    name = after[0] if after else "limit"
    return Slip(
        "E101", "`of` does not multiply", word.start(), word.end(), f"write `{name} * {before[-1][0]}`"
    )


def window(stop: Stop) -> Slip | None:
    """Return the slip of a window that is not written as one, or None."""
    before, word = stop.words_before(), stop.word()
    if word is None:
        return None
    ahead = [found[0] for found in before[-2:]]
    if ahead == ["over", "last"]:
        if word[0] in _WINDOWS:
            return Slip(
                "E101",
                "`last` takes a length of time",
                before[-1].start(),
                word.end(),
                f"write `over {word[0]}`",
            )
        return Slip(
            "E101",
            "`over last` takes a length of time",
            word.start(),
            word.end(),
            "write for example `over last 1h`",
        )
    if ahead[-1:] in (["over"], ["since"]) and word[0][0].isdigit():
        return Slip(
            "E101",
            f"`last` is missing before `{word[0]}`",
            before[-1].start(),
            word.end(),
            f"write `over last {word[0]}`",
        )
    if word[0] == "last":
        return Slip(
            "E101",
            "`over` is missing before `last`",
            word.start(),
            word.end(),
            "write for example `over last 1h`",
        )
    if word[0] in _STREAM_WORDS:
        return Slip(
            "E101",
            f"`{word[0]}` belongs inside the brackets of an aggregate, and once",
            word.start(),
            word.end(),
            "write for example `sum(pnl of trades where symbol == ES over trading_day)`",
        )
    return None


def capitals(stop: Stop) -> Slip | None:
    """Return the slip of a name with capitals, or None."""
    found = next(
        (word for word in re.finditer(r"[A-Za-z_]\w*", stop.text) if word.start() <= stop.at < word.end()),
        None,
    )
    if stop.token or found is None or found[0].islower():
        return None
    better = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", found[0]).lower()
    return Slip("E101", "names are written in small letters", found.start(), found.end(), f"write `{better}`")


def doubled_word(stop: Stop) -> Slip | None:
    """Return the slip of two joining words in a row, or None."""
    before = [found for found in stop.words_before()[-2:] if found[0] in GRAMMAR_WORDS]
    if len(before) < 2:
        return None
    word = before[1]
    advice = "delete it, or put a condition before it"
    return Slip("E101", f"`{word[0]}` does not fit here", word.start(), word.end(), advice)


def no_operator(stop: Stop) -> Slip | None:
    """Return the slip of two values with nothing between them, or None."""
    before, word = stop.words_before(), stop.word()
    if not (before and word) or not (_is_value(before[-1][0]) and _is_value(word[0])):
        return None
    left, right = before[-1], word
    return Slip(
        "E101",
        f"something is missing between `{left[0]}` and `{right[0]}`",
        left.start(),
        right.end(),
        "write a comparison, an operator, `and` or `or` between them",
    )


def _is_value(word: str) -> bool:
    return word not in GRAMMAR_WORDS and (word[0].isalnum() or word[0] in '_$"')
