"""The tables of what can be asked for at each door: one file a verb. A test lists them and what may loosen."""

from collections.abc import Mapping

from service.doors.verb import Verb
from service.doors.verbs.apply import VERB as APPLY
from service.doors.verbs.backup import VERB as BACKUP
from service.doors.verbs.budget import VERB as BUDGET
from service.doors.verbs.calendar_ahead import VERB as CALENDAR
from service.doors.verbs.call_off import VERB as CALL_OFF
from service.doors.verbs.check import VERB as CHECK
from service.doors.verbs.clock_in import VERB as CLOCK_IN
from service.doors.verbs.clock_out import VERB as CLOCK_OUT
from service.doors.verbs.credentials import VERB as CREDENTIALS
from service.doors.verbs.export import VERB as EXPORT
from service.doors.verbs.first_password import VERB as FIRST_PASSWORD
from service.doors.verbs.grant_ask import VERB as GRANT_ASK
from service.doors.verbs.grant_setup import VERB as GRANT_SETUP
from service.doors.verbs.holiday import VERB as HOLIDAY
from service.doors.verbs.lock import VERB as LOCK
from service.doors.verbs.mode import VERB as MODE
from service.doors.verbs.password import VERB as PASSWORD
from service.doors.verbs.ping import VERB as PING
from service.doors.verbs.recover import VERB as RECOVER
from service.doors.verbs.recovery_code import VERB as RECOVERY_CODE
from service.doors.verbs.redeem import VERB as REDEEM
from service.doors.verbs.reset_ask import VERB as RESET_ASK
from service.doors.verbs.reset_cancel import VERB as RESET_CANCEL
from service.doors.verbs.second_guard import VERB as SECOND_GUARD
from service.doors.verbs.service_stop import VERB as SERVICE_STOP
from service.doors.verbs.status import VERB as STATUS
from service.doors.verbs.unlock import VERB as UNLOCK
from service.doors.verbs.watch import VERB as WATCH

VIEW: Mapping[str, Verb] = {
    "ping": PING,
    "status": STATUS,
    "watch": WATCH,
    "check": CHECK,
    "budget": BUDGET,
    "calendar": CALENDAR,
}
"""Reads only; not written down."""

TRADER: Mapping[str, Verb] = {
    "ping": PING,
    "lock": LOCK,
    "clock_in": CLOCK_IN,
    "clock_out": CLOCK_OUT,
    "grant_ask": GRANT_ASK,
    "redeem": REDEEM,
    "second_guard": SECOND_GUARD,
}
"""What the trader may send: nothing here but a redeemed code loosens anything."""

ADMIN: Mapping[str, Verb] = {
    "ping": PING,
    "unlock": UNLOCK,
    "mode": MODE,
    "holiday": HOLIDAY,
    "apply": APPLY,
    "call_off": CALL_OFF,
    "service_stop": SERVICE_STOP,
    "password": PASSWORD,
    "first_password": FIRST_PASSWORD,
    "grant_setup": GRANT_SETUP,
    "recovery_code": RECOVERY_CODE,
    "recover": RECOVER,
    "reset_ask": RESET_ASK,
    "reset_cancel": RESET_CANCEL,
    "credentials": CREDENTIALS,
    "backup": BACKUP,
    "export": EXPORT,
}
"""For root or the daemon's own user, with the admin password in every message."""
