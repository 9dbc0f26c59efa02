"""Facts about scheduled releases of high impact. Unknown where nobody supplies them."""

from engine.facts.view import View
from engine.settings import News
from engine.units import Duration, Instant


class NewsFacts:
    """`news.*`."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def next_title(self) -> str | None:
        """Title of the next release."""
        coming = self._next()
        return coming.title if coming else None

    @property
    def next_time(self) -> Instant | None:
        """When the next release comes."""
        coming = self._next()
        return coming.at if coming else None

    @property
    def next_in(self) -> Duration | None:
        """How long until the next release."""
        coming = self._next()
        return Duration(coming.at - self._view.state.now) if coming else None

    def near(self, before: int, after: int) -> bool | None:
        """Say whether now is within `before` ahead of a release or `after` behind it (microseconds)."""
        settings, now = self._view.settings, self._view.state.now
        if settings.news is None:
            return None
        if any(item.at - before <= now < item.at + after for item in settings.news):
            return True
        is_beyond = settings.news_end is not None and now + before >= settings.news_end
        return None if is_beyond else False

    def next_change(self, before: int, after: int) -> Instant | None:
        """Return the next instant at which `near` answers otherwise; None if there is no more news."""
        settings, now = self._view.settings, self._view.state.now
        edges = [edge for item in settings.news or () for edge in (item.at - before, item.at + after)]
        edges += [settings.news_end - before] if settings.news_end is not None else []
        later = [edge for edge in edges if edge > now]
        return Instant(min(later)) if later else None

    def _next(self) -> News | None:
        now = self._view.state.now
        coming = [item for item in self._view.settings.news or () if item.at >= now]
        return min(coming, key=lambda item: item.at, default=None)
