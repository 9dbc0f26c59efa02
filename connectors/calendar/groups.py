"""Product groups of the exchange: their regular hours, the roots in them, and where the library keeps their days."""

from dataclasses import dataclass

Hours = tuple[dict[str, str | bool], ...]

AROUND_THE_CLOCK: Hours = ({"opens": "17:00", "closes": "16:00", "evening_before": True},)
GRAIN_HOURS: Hours = (
    {"opens": "19:00", "closes": "07:45", "evening_before": True},
    {"opens": "08:30", "closes": "13:20", "evening_before": False},
)
LIVESTOCK_HOURS: Hours = ({"opens": "08:30", "closes": "13:05", "evening_before": False},)

SURE = "A: the exchange's notices, by way of the corrections below"
LIBRARY = "C: the library alone; check the exchange's notice before you rely on a day"


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """One group to build. `library` is the calendar's name in pandas-market-calendars; hours are Chicago time."""

    name: str
    title: str
    library: str
    roots: str
    hours: Hours = AROUND_THE_CLOCK
    certainty: str = LIBRARY


GROUPS = (
    GroupPlan(
        "equity_index",
        "Equity indexes",
        "CME Globex Equity",
        "ES MES NQ MNQ RTY M2K YM MYM EMD NKD",
        certainty=SURE,
    ),
    GroupPlan("energy", "Energy", "CMEGlobex_Energy", "CL MCL QM NG MNG QG RB HO"),
    GroupPlan("metals", "Metals", "CMEGlobex_Metals", "GC MGC SI SIL HG MHG PL"),
    GroupPlan("fx", "Currencies", "CMEGlobex_FX", "6E E7 M6E 6B M6B 6A M6A 6C 6J 6S 6N 6M"),
    GroupPlan("rates", "Interest rates", "CME Globex Interest Rate Products", "ZT ZF ZN TN ZB UB"),
    GroupPlan("crypto", "Cryptocurrencies", "CME Globex Crypto", "BTC MBT ETH MET"),
    GroupPlan("grains", "Grains and oilseeds", "CMEGlobex_Grains", "ZC ZW ZS ZM ZL", GRAIN_HOURS),
    GroupPlan("livestock", "Livestock", "CMEGlobex_Livestock", "HE LE GF", LIVESTOCK_HOURS),
)
"""Source of roots: the venue's list of contracts. Source of hours: the exchange's contract specifications."""
