"""Calls of functions in English."""


def function_words(word: str, words: list[str], label: str) -> str:  # noqa: C901  one line a function
    """Return a call in words. `words` are those of its arguments, `label` those of the whole, if it has any."""
    match word:
        case "inside":
            return f"it is within {words[0]}"
        case "outside":
            return f"it is outside {words[0]}"
        case "near":
            return f"a release of high impact is at most {words[1]} ahead or {words[2]} ago"
        case "fallback":
            return f"{words[0]} (while unknown: {words[1]})"
        case "min" | "max":
            return f"the {'smaller' if word == 'min' else 'larger'} of {words[0]} and {words[1]}"
        case "ahead" | "behind":
            return f"{words[1]} {'ahead of' if word == 'ahead' else 'behind'} {words[0]}"
        case "abs":
            return f"the size of {words[0]}"
        case "nth":
            return f"entry number {words[1]} of {words[0]}"
        case "step":
            return f"the step of {words[2]} for {words[0]} (steps after {words[1]})"
        case _:
            return f"the {label}" if label else f"the {word} of {_listed(words)}"


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def opposite_words(word: str, words: list[str]) -> str | None:
    """Return the opposite of a call that says yes or no, None where `not (...)` is as good as any other."""
    match word:
        case "inside" | "outside":
            return function_words("outside" if word == "inside" else "inside", words, "")
        case "near":
            return function_words(word, words, "").replace("a release", "no release", 1)
        case _:
            return None
