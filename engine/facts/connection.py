"""Facts about the ways to the venue."""

from engine.events import Link
from engine.facts.view import View
from engine.units import Duration, Instant


class ConnectionFacts:
    """`connection.*`: whether we can see and act at all."""

    __slots__ = ("_view",)

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def is_live(self) -> bool:
        """Whether the user hub is up and in step with the venue."""
        link = self._view.state.links.get(Link.USER_HUB)
        return bool(link and link.is_live)

    @property
    def has_login(self) -> bool:
        """Whether the venue accepts our login."""
        link = self._view.state.links.get(Link.LOGIN)
        return bool(link and link.is_live)

    @property
    def blind_for(self) -> Duration:
        """How long neither the user hub nor REST has answered; zero while one of them does."""
        links = [self._view.state.links.get(link) for link in (Link.USER_HUB, Link.REST)]
        if any(link and link.is_live for link in links):
            return Duration(0)
        since = max((link.since for link in links if link), default=self._view.state.started_at)
        return Duration(self._view.state.now - Instant(since))
