"""Foreign text is made harmless, whatever it is."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from cli.plain import LONGEST, plain

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)
NASTY = st.lists(
    st.sampled_from(
        [
            "\x1b[2J",
            "\x1b]0;t\x07",
            "\u202e",
            "\u2066",
            "\u200b",
            "\r",
            "\n",
            "\x00",
            "[/]",
            "[bold]",
            "a",
            " ",
        ]
    )
).map("".join)


@given(ANY_TEXT | NASTY)
@settings(derandomize=True)
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    shown = plain(text)

    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)
    assert len(shown) <= LONGEST


@given(ANY_TEXT)
@settings(derandomize=True)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_plain_words_stay_as_they_are() -> None:
    assert (
        plain("Daily loss limit (closed trades) [ES] ü 日本")
        == "Daily loss limit (closed trades) [ES] ü 日本"
    )


def test_a_long_text_says_that_it_was_cut() -> None:
    assert plain("x" * 50, longest=10) == "x" * 9 + "…"
