"""What everything else of the daemon stands on."""

from dataclasses import dataclass

from connectors.secret import Secret
from service.alarms import Alarms
from service.clock import TrustedClock
from service.home import Home
from service.ratchet.household import Household
from service.settings import HomeSettings
from service.store.found import Opened


@dataclass(slots=True)
class Ground:
    """What everything else stands on: settings, store, time, alarms, keys and logs."""

    home: Home
    settings: HomeSettings
    opened: Opened
    clock: TrustedClock
    alarms: Alarms
    keys: dict[str, Secret]
    may_refuse: bool
    household: Household
