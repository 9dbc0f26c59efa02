"""Stretches of time as pairs (start, end) of instants, end excluded: merging, cutting, taking away a lead."""

from collections.abc import Iterable

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same stretches in order, those that touch or overlap made one, empty ones left out."""
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def common(ours: Iterable[Span], theirs: Iterable[Span]) -> list[Span]:
    """Return what lies in both."""
    left, right = merged(ours), merged(theirs)
    shared: list[Span] = []
    mine = other = 0
    while mine < len(left) and other < len(right):
        shared.append((max(left[mine][0], right[other][0]), min(left[mine][1], right[other][1])))
        if left[mine][1] < right[other][1]:
            mine += 1
        else:
            other += 1
    return merged(shared)


def without(spans: Iterable[Span], closed: Iterable[Span]) -> list[Span]:
    """Return what lies in `spans` and not in `closed`."""
    left = merged(spans)
    for start, end in closed:
        left = merged(piece for a, b in left for piece in ((a, min(b, start)), (max(a, end), b)))
    return left


def ended_early(spans: Iterable[Span], lead: int) -> list[Span]:
    """Return each stretch ended `lead` microseconds sooner; one that is not longer than that goes."""
    return merged((start, end - lead) for start, end in spans)
