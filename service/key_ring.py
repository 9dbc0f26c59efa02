"""The keys of all logins that guarded accounts use, and what is wrong with where they are kept."""

from connectors.secret import Secret
from service.alarms import Alarms
from service.api_keys import KeyMissing, api_key, key_file
from service.exits import CannotStart, Exit
from service.home import Home
from service.permissions import open_secrets, open_to_all, wide_permissions
from service.secrecy.seal_here import seal_here
from service.secrecy.secret_files import seal_plain
from service.settings import HomeSettings


def keys_of(home: Home, settings: HomeSettings, alarms: Alarms, *, may_refuse: bool) -> dict[str, Secret]:
    """Return the key of each login in use. Raises CannotStart for a missing one when nothing is locked.

    With a lock to hold the daemon runs without that login and says so. A file that others can read is used and
    told of: a guard that refuses to start is a bypass.
    """
    found: dict[str, Secret] = {}
    for number, unsealed in enumerate(seal_plain(home.secrets, seal_here(home.secrets))):
        alarms.raise_(f"seal:{number}", unsealed)
    for login in sorted({account.login for account in settings.accounts}):
        try:
            found[login] = api_key(home, login)
        except KeyMissing as error:
            if may_refuse:
                raise CannotStart(Exit.UNUSABLE, str(error)) from error
            alarms.raise_(f"login:{login}", str(error))
        problem = wide_permissions(key_file(home, login))
        if problem is not None:
            alarms.raise_(f"permissions:{login}", problem)
    for path, problem in open_secrets(home):
        alarms.raise_(f"permissions:{path.name}", problem)
    for number, problem in enumerate(open_to_all(home)):
        alarms.raise_(f"permissions:{number}", f"{problem}. Until then what was in force stays in force")
    return found
