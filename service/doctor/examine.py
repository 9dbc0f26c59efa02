"""One look at everything: the home, and with `connect` each login's gateway."""

from collections.abc import Iterator
from dataclasses import replace

from connectors.topstepx.examination.gateway import Examination
from connectors.topstepx.examination.step import Step, unknown
from connectors.topstepx.settings import Login, Timings
from service.api_keys import KeyMissing, api_key
from service.clock import host_clock
from service.doctor import home as home_checks
from service.home import Home
from service.service_here import service_here
from service.service_watch import PACKAGE
from service.settings import HomeSettings
from service.system.commands import SystemRefused
from service.system.marking import is_marked

TIMINGS = Timings(requests=40, requests_background=40, rest_read=10.0)
"""The guard may be running with the same login: the venue's allowance is one for both."""


def examine(
    home: Home, *, connect: bool, timings: Timings = TIMINGS, patience: float = 5.0
) -> Iterator[Step]:
    """Yield each step as it is done. Nothing is written here, and nothing is changed at the venue.

    `patience`: seconds to wait for a hub's first event.
    """
    settings: HomeSettings | None = None
    for found in home_checks.settings_steps(home):
        if isinstance(found, HomeSettings):
            settings = found
        else:
            yield found
    if settings is None:
        return
    yield from home_checks.steps(home, settings)
    yield from _service(home)
    if connect:
        yield from _gateways(home, settings, timings, patience)


def _service(home: Home) -> Iterator[Step]:
    """Yield whether the service is as it was installed; nothing for a home without one."""
    if not is_marked(home.root):
        return
    try:
        yield from service_here(home.root).steps(PACKAGE)
    except (SystemRefused, OSError) as error:
        yield unknown("service", str(error), "run it as root, or as an administrator")


def _gateways(home: Home, settings: HomeSettings, timings: Timings, patience: float) -> Iterator[Step]:
    for name in sorted({account.login for account in settings.accounts}):
        try:
            key = api_key(home, name)
        except KeyMissing:
            continue  # said already
        login = settings.logins[name]
        accounts = {account.id: account.name for account in settings.accounts if account.login == name}
        look = Examination(
            login.urls, Login(login.user_name, key), accounts, host_clock, timings, patience=patience
        )
        for step in look.steps():
            yield replace(step, name=f"{name}: {step.name}")
