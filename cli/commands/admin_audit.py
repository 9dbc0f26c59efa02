"""`risk admin audit`: what was decided, done, changed and missed, in a chain that shows every tampering."""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.command import Command
from cli.exit_codes import ExitCode
from cli.failure import Failure
from cli.moments import exchange_zone
from cli.options import HomeOption, JsonOption
from cli.plain import plain
from cli.since import since_moment
from cli.terminal import out, say
from service.home import find_home
from service.iso import iso


def audit(
    what: Annotated[
        str | None, typer.Argument(help="`verify`: prove that no row was changed.", show_default=False)
    ] = None,
    home: HomeOption = None,
    since: Annotated[
        str | None, typer.Option(help="From when on: 30m, 2h, 3d, `today`, or a date.", show_default=False)
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="Only rows of this kind, such as lock or login.", show_default=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the trail, or prove it."""
    from service.audit_trail import TrailMissing, TrailUnreadable

    root = find_home(home).root
    if what not in {None, "verify"}:
        raise Failure(
            f"`risk admin audit` knows nothing called `{plain(what or '')}`",
            "`risk admin audit` lists the trail, `risk admin audit verify` proves it",
            ExitCode.USAGE,
        )
    try:
        if what == "verify":
            raise typer.Exit(_verify(root, as_json))
        _list(root, since_moment(since, root) if since else None, kind, as_json)
    except TrailMissing as missing:
        raise Failure(
            str(missing), "is this the right home? (`risk paths`)", ExitCode.CONFIGURATION
        ) from missing
    except TrailUnreadable as damaged:
        raise Failure(
            str(damaged), "`risk admin audit verify` says what is damaged", ExitCode.DAMAGED
        ) from damaged


def _verify(root: Path, as_json: bool) -> ExitCode:
    from service.audit_trail import prove_home

    proof = prove_home(root)
    if as_json:
        damages = [{"table": one.table, "row": one.row, "text": one.text} for one in proof.damages]
        out(
            json.dumps(
                {
                    "schema": "risk.audit_proof/1",
                    "rows": proof.rows,
                    "anchors": proof.anchors,
                    "damages": damages,
                }
            )
        )
    else:
        for one in proof.damages:
            out(f"DAMAGED  {plain(one.text)}")
        if not proof.damages:
            out(
                f"whole: {proof.rows} rows, each as it was written; ends written down elsewhere: {proof.anchors}"
            )
    if proof.damages:
        say(
            f"risk: {len(proof.damages)} finding(s): the guard's memory was changed from outside, or the disk failed"
        )
        say(
            "  -> keep a copy of the home's data and logs folders; the accounts stay locked until an admin unlocks them"
        )
        return ExitCode.DAMAGED
    if proof.rows and not proof.anchors:
        say(
            "risk: nothing says where the trail should end: logs/audit.log is missing, so a lost end cannot be seen"
        )
        return ExitCode.FINDINGS
    return ExitCode.DONE


def _list(root: Path, start: datetime | None, kind: str | None, as_json: bool) -> None:
    from service.audit_trail import trail_of

    first = round(start.timestamp() * 1_000_000) if start else 0
    for row in trail_of(root):
        if row.at < first or kind not in {None, row.kind}:
            continue
        if as_json:
            line = {"schema": "risk.audit/1", "row": row.seq, "at": iso(row.at), "account": row.account}
            out(json.dumps({**line, "kind": row.kind, "body": row.body, "hash": row.hash}))
            continue
        at = datetime.fromisoformat(iso(row.at)).astimezone(exchange_zone())
        who = str(row.account) if row.account else "the guard"
        out(
            f"{row.seq:>6}  {at:%Y-%m-%d %H:%M:%S %Z}  {who:<10}  {plain(row.kind, 16):<12} {plain(row.body, 400)}"
        )


COMMAND = Command(
    audit,
    "List or prove the audit trail.",
    (
        "List everything that was decided, done, changed and missed, oldest first; or prove with `verify` that no row "
        "of the guard's memory was changed, dropped or put back from an older copy. Reads only, guard running or not."
    ),
    ["risk admin audit verify", "risk admin audit --since 3d --kind login"],
    [ExitCode.FINDINGS, ExitCode.USAGE, ExitCode.CONFIGURATION, ExitCode.DAMAGED],
)
