"""The table of commands: one file each. A test fails when a file of this folder is missing here."""

from collections.abc import Mapping

from cli.command import Command
from cli.commands.admin_accounts import COMMAND as ACCOUNTS
from cli.commands.admin_apply import COMMAND as APPLY
from cli.commands.admin_arm import COMMAND as ARM
from cli.commands.admin_audit import COMMAND as AUDIT
from cli.commands.admin_backup import COMMAND as BACKUP
from cli.commands.admin_configure import COMMAND as CONFIGURE
from cli.commands.admin_credentials import COMMAND as CREDENTIALS
from cli.commands.admin_disarm import COMMAND as DISARM
from cli.commands.admin_export import COMMAND as EXPORT
from cli.commands.admin_grant import COMMAND as GRANT
from cli.commands.admin_holidays import COMMAND as HOLIDAYS
from cli.commands.admin_init import COMMAND as INIT
from cli.commands.admin_password import COMMAND as PASSWORD
from cli.commands.admin_restore import COMMAND as RESTORE
from cli.commands.admin_service import COMMAND as SERVICE
from cli.commands.admin_unlock import COMMAND as UNLOCK
from cli.commands.alerts import COMMAND as ALERTS
from cli.commands.budget import COMMAND as BUDGET
from cli.commands.calendar_ahead import COMMAND as CALENDAR
from cli.commands.check import COMMAND as CHECK
from cli.commands.clock import COMMAND as CLOCK
from cli.commands.demo import COMMAND as DEMO
from cli.commands.describe import COMMAND as DESCRIBE
from cli.commands.diff import COMMAND as DIFF
from cli.commands.doctor import COMMAND as DOCTOR
from cli.commands.explain import COMMAND as EXPLAIN
from cli.commands.fields import COMMAND as FIELDS
from cli.commands.fmt import COMMAND as FMT
from cli.commands.functions import COMMAND as FUNCTIONS
from cli.commands.help import COMMAND as HELP
from cli.commands.lock import COMMAND as LOCK
from cli.commands.log import COMMAND as LOG
from cli.commands.new import COMMAND as NEW
from cli.commands.paths import COMMAND as PATHS
from cli.commands.record import COMMAND as RECORD
from cli.commands.redeem import COMMAND as REDEEM
from cli.commands.reference import COMMAND as REFERENCE
from cli.commands.replay import COMMAND as REPLAY
from cli.commands.report import COMMAND as REPORT
from cli.commands.rule_tests import COMMAND as TEST
from cli.commands.run import COMMAND as RUN
from cli.commands.serve import COMMAND as SERVE
from cli.commands.service_host import COMMAND as SERVICE_HOST
from cli.commands.set import COMMAND as SET
from cli.commands.simulate import COMMAND as SIMULATE
from cli.commands.status import COMMAND as STATUS
from cli.commands.validate import COMMAND as VALIDATE
from cli.commands.version import COMMAND as VERSION
from cli.commands.why import COMMAND as WHY

COMMANDS: Mapping[str, Command] = {
    "demo": DEMO,
    "status": STATUS,
    "check": CHECK,
    "budget": BUDGET,
    "calendar": CALENDAR,
    "log": LOG,
    "why": WHY,
    "lock": LOCK,
    "clock": CLOCK,
    "redeem": REDEEM,
    "report": REPORT,
    "alerts": ALERTS,
    "serve": SERVE,
    "run": RUN,
    "service-host": SERVICE_HOST,
    "validate": VALIDATE,
    "test": TEST,
    "fmt": FMT,
    "set": SET,
    "new": NEW,
    "describe": DESCRIBE,
    "diff": DIFF,
    "explain": EXPLAIN,
    "fields": FIELDS,
    "functions": FUNCTIONS,
    "reference": REFERENCE,
    "simulate": SIMULATE,
    "doctor": DOCTOR,
    "record": RECORD,
    "replay": REPLAY,
    "paths": PATHS,
    "version": VERSION,
    "help": HELP,
}

ADMIN: Mapping[str, Command] = {
    "init": INIT,
    "configure": CONFIGURE,
    "apply": APPLY,
    "arm": ARM,
    "disarm": DISARM,
    "holidays": HOLIDAYS,
    "unlock": UNLOCK,
    "grant": GRANT,
    "password": PASSWORD,
    "audit": AUDIT,
    "accounts": ACCOUNTS,
    "credentials": CREDENTIALS,
    "backup": BACKUP,
    "restore": RESTORE,
    "export": EXPORT,
    "service": SERVICE,
}
"""The commands below `risk admin`; their files begin with `admin_`."""
