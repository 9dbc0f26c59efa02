"""Which rules a start takes: the files as they are, or those in force when somebody loosened the files meanwhile."""

import logging

from dsl.ratchet.judge import CannotJudge, judge
from service import rules_source
from service.ratchet.proposal import bundle_of
from service.rules_source import Armed
from service.settings import AccountSettings
from service.store.store import Store

LOG = logging.getLogger("risk.ratchet")


def at_start(
    written: Armed, store: Store, account: AccountSettings, *, is_ruled: bool, is_safe: bool = True
) -> Armed:
    """Return the rules to begin with. `is_ruled`: there is an admin, who alone may loosen them.

    Files that anyone may write to (`is_safe` is False) are not used at all once there are rules in force.

    Without an admin the files count as they are: it is a home to develop rules in. With one, files that are nowhere
    looser than the rules in force are taken, all others are not: the guard goes on with the rules in force, and the
    watch over the files says so.
    """
    held = rules_source.last_good(store, account.id) if is_ruled or not is_safe else None
    if held is None or held.kept.digest == written.kept.digest:
        return written
    if not is_safe:
        LOG.error("%s: the files are not used, since anyone may write to them", account.name)
        return held
    try:
        judged = judge(bundle_of(held.kept), bundle_of(written.kept))
    except CannotJudge as error:
        LOG.error("%s: %s", account.name, error)
        return held
    if not judged.waits:
        LOG.warning(
            "%s: the files were changed while the guard was off; they are nowhere looser", account.name
        )
        return written
    for change in judged.changes:
        LOG.error("%s: not taken over, since it was changed outside of apply: %s", account.name, change.text)
    return held
