"""The published status out of parsed JSON: whole, and each row of an account."""

from collections.abc import Iterator

from cli.json_reader import BadDocument, JsonReader
from cli.status_document import (
    SCHEMA,
    Account,
    Act,
    Alarm,
    Coming,
    Gauge,
    Grant,
    Held,
    Link,
    LockRow,
    OddDay,
    Session,
    Status,
    Verdict,
)

LINKS = ("user_hub", "market_hub", "rest", "login")


def read_status(values: object) -> Status:
    """Return the status in `values` (parsed JSON). Raises BadDocument."""
    document = JsonReader(values)
    schema = document.text("schema")
    if schema != SCHEMA:
        raise BadDocument(f"the schema is `{schema}`, this command reads `{SCHEMA}`")
    written_at, venue_time = document.moment("written_at"), document.moment("venue_time")
    if written_at is None or venue_time is None:
        raise BadDocument("`written_at` or `venue_time` is missing")
    daemon = document.part("daemon")
    return Status(
        written_at=written_at,
        venue_time=venue_time,
        is_time_confirmed=document.part("clock").text("source") == "venue",
        version=daemon.text("version"),
        pid=daemon.whole("pid"),
        state=daemon.text("state"),
        alarms=tuple(Alarm(a.text("code"), a.text("text")) for a in daemon.parts("alarms")),
        accounts=tuple(_account(part) for part in document.parts("accounts")),
    )


def _account(row: JsonReader) -> Account:
    """Return one account. Raises BadDocument."""
    ruleset, verdict = row.part("ruleset"), row.part("verdict")
    return Account(
        name=row.text("name"),
        id=row.text("id"),
        venue_name=row.text("venue_name"),
        mode=row.text("mode"),
        mode_reason=row.text("mode_reason"),
        ruleset=ruleset.text("name"),
        digest=ruleset.text("digest"),
        balance=row.number("balance"),
        can_trade=row.flag("can_trade"),
        simulated=row.flag("simulated"),
        links=tuple(_link(name, row.part("links").part(name)) for name in LINKS),
        way=row.text("way"),
        is_confirmed=row.flag("is_confirmed"),
        session=_session(row.part("session")),
        verdict=Verdict(
            verdict.text("level"), verdict.text("text"), verdict.moment("until"), verdict.text("because")
        ),
        gauges=tuple(_gauge(part) for part in row.parts("rules")),
        positions=tuple(_held(part) for part in row.parts("positions")),
        working_orders=len(tuple(row.parts("orders"))),
        locks=tuple(_lock(part) for part in row.parts("locks")),
        acts=tuple(_act(part) for part in row.parts("enforcements")),
        coming=tuple(_coming(row)),
        grants=tuple(_grant(part) for name in ("grants", "grants_asked") for part in row.parts(name)),
    )


def _coming(row: JsonReader) -> Iterator[Coming]:
    """Yield what waits: changes of the rules, and of how or whether the account is guarded."""
    rules = row.part("waiting")
    due = rules.moment("due")
    for part in rules.parts("changes"):
        yield Coming(part.text("text"), part.text("verdict"), due)
    for part in row.parts("to_come"):
        yield Coming(part.text("text"), part.text("verdict"), part.moment("due"))


def _grant(row: JsonReader) -> Grant:
    challenge = row.text("challenge")
    ends_at = row.moment("expires_at" if challenge else "closes_at")
    return Grant(row.text("rule"), row.text("lock"), ends_at, row.moment("locked_until"), challenge)


def _link(name: str, row: JsonReader) -> Link:
    return Link(name, row.flag("is_live"), row.moment("since"), row.text("reason"))


def _session(row: JsonReader) -> Session:
    return Session(
        row.flag("is_open"),
        row.moment("changes_at"),
        row.flag("market_is_open"),
        row.moment("market_changes_at"),
        row.text("calendar_warning"),
        tuple(OddDay(odd.text("day"), odd.moment("closes_at")) for odd in row.parts("odd_days")),
    )


def _gauge(row: JsonReader) -> Gauge:
    return Gauge(
        name=row.text("name"),
        title=row.text("title") or row.text("name"),
        mode=row.text("mode"),
        subject=row.text("subject"),
        value=row.number("value"),
        limit=row.number("limit"),
        unit=row.text("unit"),
        color=row.text("color", "unknown"),
        fraction=row.number("fraction"),
        is_locked=row.flag("is_locked") is True or row.moment("locked_until") is not None,
        locked_until=row.moment("locked_until"),
        pending_until=row.moment("pending_until"),
        message=row.text("message"),
        label=row.text("label"),
        tier=row.text("tier"),
        closes_at=row.moment("closes_at"),
    )


def _held(row: JsonReader) -> Held:
    return Held(
        contract=row.text("contract"),
        symbol=row.text("symbol"),
        name=row.text("name"),
        size=row.whole("size"),
        average_price=row.number("average_price"),
        open_pnl=row.number("open_pnl"),
        has_stop=row.flag("has_stop"),
        stop=row.number("stop"),
        covered=row.whole("covered") if "covered" in row.names() else None,
    )


def _lock(row: JsonReader) -> LockRow:
    return LockRow(
        scope=row.text("scope"),
        kind=row.text("kind"),
        state=row.text("state"),
        rule=row.text("rule"),
        reason=row.text("reason"),
        until=row.moment("until"),
        end=row.text("end"),
        side=row.text("side"),
        waits_for=row.text("waits_for"),
    )


def _act(row: JsonReader) -> Act:
    return Act(
        rules=row.texts("rules"),
        reason=row.text("reason"),
        detected_at=row.moment("detected_at"),
        sent_ms=row.number("sent_ms"),
        acked_ms=row.number("acked_ms"),
        flat_ms=row.number("flat_ms"),
        verified=row.flag("verified") is True,
        progress=row.text("progress"),
        is_reentry=row.flag("is_reentry") is True,
        text=row.text("text"),
        closed=tuple(_closed(row.part("contracts"))),
    )


def _closed(contracts: JsonReader) -> Iterator[tuple[str, int]]:
    """Yield for each contract how many had to go: what was held before, less what may stay."""
    for contract in contracts.names():
        sizes = contracts.part(contract)
        too_many = abs(sizes.whole("before")) - sizes.whole("target")
        if too_many > 0:
            yield contract, too_many
