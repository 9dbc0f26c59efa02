"""The first inputs of the fuzzer: everything that is shipped, and every golden sample, each as its own kind of file."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("rulesets", "service/examples", "tests/dsl_golden", "tests/dsl_tools", "tests/fuzz/found")
BY_NAME = {"ruleset.yaml": 2, "lists.yaml": 3, "holidays.yaml": 4, "news.yaml": 6}
LINES = (
    "count(entries over last 1h) >= 10 and not account.is_locked\n3\nloss(sum(pnl of fills since reset))\nflatten: account",
    "streak(trades where pnl < $0 over trading_day) >= limit\n3\nabs(sum(signed_quantity of positions where symbol in [ES, NQ]))\nlock: account",
    "outside(open)\n{tz: America/Chicago, days: [MON], hours: 08:30..15:00}\nclock in 08:30..15:00\nclose: position\nlimit * 25%",
    "near(news.high_impact, 5m, 10m) or position.profit_ticks >= 10 ticks\n$500\nstep(account.eod_balance, [$0, $1,500], [2, 3])\nmove_stop: ahead(position.breakeven_price, 1 tick)",
)


def write(folder: Path) -> int:
    """Write the inputs and return how many there are. The first byte says which kind of file an input is."""
    found = [
        (BY_NAME.get(path.name, 5 if ".test." in path.name else 0), path.read_bytes()) for path in files()
    ]
    found += [(1, line.encode()) for line in LINES]
    for number, (kind, data) in enumerate(found):
        (folder / f"{number:04}").write_bytes(bytes([kind]) + data)
    return len(found)


def files() -> list[Path]:
    """Return the files that people could have written."""
    return [path for name in FOLDERS for path in sorted((ROOT / name).rglob("*.yaml"))]


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    write(Path(sys.argv[1]))
