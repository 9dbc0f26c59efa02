"""risk-sim: seeded worlds in virtual time, in each of which the engine must keep its promises."""

import json
import sys
from collections.abc import Mapping
from typing import Annotated, NoReturn

import typer

from cli.exit_codes import ExitCode
from service.rehearsal.campaign import (
    CHUNK,
    Changes,
    Totals,
    cores,
    replay_command,
    run_seeds,
    tell,
)
from service.rehearsal.plan import FAMILIES, FAULTS, RULES

SHOWN = 3
"""How many failing seeds are made small and told in full."""


def main() -> NoReturn:
    """Run `risk-sim` with the process's arguments; always ends the process."""
    app = typer.Typer(add_completion=False)
    app.command()(simulate)
    app(prog_name="risk-sim")
    sys.exit(ExitCode.DONE)


def simulate(
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many worlds.")] = 100,
    first: Annotated[int, typer.Option("--first", min=0, help="The first seed.")] = 0,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, max=64, help="Processes; all cores if you do not say.")
    ] = None,
    without: Annotated[str, typer.Option("--without", help="Faults left out, by comma.")] = "",
    rules: Annotated[str, typer.Option("--rules", help="Only these rules, by comma.")] = "",
    length: Annotated[int | None, typer.Option("--length", min=1, help="Seconds of trading.")] = None,
    still: Annotated[bool, typer.Option("--still", help="No admin, reloads, jumps, clock error.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Run worlds; exit code 0 only if no promise was broken, 1 otherwise."""
    changes = Changes(_names(without, FAULTS, "--without"), _names(rules, RULES, "--rules"), length, still)
    totals = Totals()
    jobs = min(jobs or cores(), -(-seeds // CHUNK))  # a process with nothing to do only costs its start
    for report in run_seeds(range(first, first + seeds), changes, jobs):
        totals.add(report)
    typer.echo(_as_json(totals) if as_json else _as_text(totals))
    raise typer.Exit(ExitCode.FINDINGS if totals.broken else ExitCode.DONE)


def _names(text: str, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in known]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is none of {', '.join(known)}", param_hint=option)
    return names


def _as_text(totals: Totals) -> str:
    lines = [
        f"{totals.worlds} worlds ({totals.housed} of them with store, loop and clock), "
        f"{totals.seconds / 3600:.1f} simulated hours, {totals.cpu:.0f} s of processor, {len(totals.broken)} broken",
        *_families(totals),
        "decided: " + _counts(totals.decided),
        "races that the venue makes unavoidable: " + (_counts(totals.races) or "none"),
    ]
    lines += [tell(report) for report in totals.broken[:SHOWN]]
    lines += [
        f"seed {r.plan.seed}: {r.broken}\n  replay: {replay_command(r.plan)}" for r in totals.broken[SHOWN:]
    ]
    return "\n".join(lines)


def _families(totals: Totals) -> list[str]:
    struck = totals.families()
    return [
        f"{family + ':':<18}{struck[family]:>7}  "
        + ", ".join(f"{name} {totals.hits[name]}" for name in names)
        for family, names in FAMILIES.items()
    ]


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


def _as_json(totals: Totals) -> str:
    broken = [
        {"seed": report.plan.seed, "broken": report.broken, "replay": replay_command(report.plan)}
        for report in totals.broken
    ]
    return json.dumps(
        {
            "worlds": totals.worlds,
            "seconds": totals.seconds,
            "housed": totals.housed,
            "cpu_seconds": round(totals.cpu, 1),
            "families": totals.families(),
            "faults": {name: totals.hits[name] for name in FAULTS},
            "decided": dict(sorted(totals.decided.items())),
            "races": dict(sorted(totals.races.items())),
            "broken": broken,
        }
    )


if __name__ == "__main__":
    main()
