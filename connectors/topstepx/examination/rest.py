"""The REST side: login, contracts, accounts, and each question the guard asks."""

from collections.abc import Callable, Iterator, Mapping

from connectors.failures import ConnectorError, LoginRefused, RateLimited
from connectors.topstepx.examination.step import Step, Trouble, failed, passed, unknown
from connectors.topstepx.rest.budget import Use
from connectors.topstepx.rest.client import RestClient
from connectors.topstepx.wording import plain
from engine.units import HOUR, Instant
from engine.venue import AccountStatus

_USE = Use.BACKGROUND
_LOOK_BACK = 24 * HOUR


class RestLook:
    """Asks one thing after the other. `is_logged_in` tells whether the hubs are worth trying."""

    def __init__(self, rest: RestClient, accounts: Mapping[int, str], now: Callable[[], Instant]) -> None:
        """`accounts` are the guarded ones by the venue's number, with the name people gave them."""
        self._rest = rest
        self._accounts = accounts
        self._now = now
        self.is_logged_in = False
        self.contracts: tuple[str, ...] = ()

    def steps(self) -> Iterator[Step]:
        """Yield each step as it is done."""
        yield self._login()
        if not self.is_logged_in:
            yield unknown(
                "REST", "contracts, accounts, orders, positions and fills are not tried without a login"
            )
            return
        yield self._contracts()
        rows = self._listed()
        if isinstance(rows, Step):
            yield rows
            return
        for number, name in self._accounts.items():
            yield _account(number, name, rows)
            if number in rows:
                yield from self._reads(number, name)

    def _login(self) -> Step:
        try:
            self._rest.keeper.token()
        except LoginRefused as error:
            fix = "correct user name or key (secrets/LOGIN.key), or do what the platform asks for"
            return failed("login", plain(error), fix, Trouble.AUTHENTICATION)
        except ConnectorError as error:
            return failed("login", plain(error), _fix(error), Trouble.UNREACHABLE)
        self.is_logged_in = True
        return passed("login", "the venue gave us a token")

    def _contracts(self) -> Step:
        try:
            found = self._rest.reads.contracts(_USE)
        except ConnectorError as error:
            return failed("contracts", plain(error), _fix(error), Trouble.UNREACHABLE)
        self.contracts = tuple(one.contract for one in found)
        return passed(
            "contracts", f"{len(found)} products, such as {', '.join(one.name for one in found[:3])}"
        )

    def _listed(self) -> dict[int, AccountStatus] | Step:
        try:
            return self._rest.reads.accounts(_USE)
        except ConnectorError as error:
            return failed("accounts", plain(error), _fix(error), Trouble.UNREACHABLE)

    def _reads(self, number: int, name: str) -> Iterator[Step]:
        reads, since = self._rest.reads, Instant(self._now() - _LOOK_BACK)

        def orders() -> str:
            found, has_suspended = reads.working_orders(number, _USE)
            legs = (
                "suspended legs included"
                if has_suspended
                else "without suspended legs: those are seen on the hub only"
            )
            return f"{len(found)} working, {legs}"

        yield _read(f"{name}: orders", orders)
        yield _read(f"{name}: positions", lambda: f"{len(reads.positions(number, _USE))} open")
        yield _read(f"{name}: fills", lambda: f"{len(reads.fills(number, since, _USE))} in the last 24 h")


def _account(number: int, name: str, rows: Mapping[int, AccountStatus]) -> Step:
    step = f"{name}: account"
    row = rows.get(number)
    if row is None:
        seen = ", ".join(f"{one} ({plain(status.name)})" for one, status in sorted(rows.items()))
        fix = f"correct `id:` in accounts/{name}.yaml, or its login"
        text = f"the login does not see account {number}; it sees {seen or 'none'}"
        return failed(step, text, fix, Trouble.CONFIGURATION)
    kind = (
        "simulated" if row.simulated else "LIVE: the firm forbids automation there, the guard may only warn"
    )
    if not row.can_trade:
        return unknown(
            step, f"{number} ({plain(row.name)}), {kind}, but the venue has switched its trading off"
        )
    return passed(step, f"{number} ({plain(row.name)}), {kind}")


def _read(step: str, ask: Callable[[], str]) -> Step:
    try:
        return passed(step, ask())
    except ConnectorError as error:
        return failed(step, plain(error), _fix(error), Trouble.UNREACHABLE)


def _fix(error: ConnectorError) -> str:
    if isinstance(error, RateLimited):
        return "wait a minute: other programs with this login use the same allowance"
    return "try again; if it stays so, the gateway is out of order or something on the way is"
