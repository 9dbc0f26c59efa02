"""Login, token renewal, accounts."""

from connectors.simulator.server import shapes
from connectors.simulator.server.host import KICKED, Host
from connectors.simulator.server.reading import Body
from connectors.simulator.server.reply import Reply, bad, good
from connectors.simulator.server.sessions import Session

LOGIN_MESSAGES = {7: "Please log into the ProjectX platform and complete the required agreements"}


def login(host: Host, body: Body) -> Reply:
    """Auth/loginKey: bad credentials are HTTP 200 with success false."""
    user_name, api_key = body.text("userName"), body.text("apiKey")
    session = host.sessions.login(user_name, api_key, host.clock.now())
    if isinstance(session, int):
        return {"token": None, **bad(session, LOGIN_MESSAGES.get(session))}
    if host.one_session:
        host.sessions.forget_others(session)
        host.kick(KICKED, session.login)
    return good(token=session.token)


def validate(host: Host, session: Session, body: Body) -> Reply:
    """Auth/validate: a fresh token for a good one; the old one stays good until it expires."""
    renewed = host.sessions.renew(session.login, host.clock.now())
    return {**good(), "newToken": renewed.token}


def logout(host: Host, session: Session, body: Body) -> Reply:
    """Auth/logout: this token only."""
    host.sessions.forget(session.token)
    return good()


def search(host: Host, session: Session, body: Body) -> Reply:
    """Account/search. Only hidden accounts count as not active; one that may not trade is still listed."""
    only_active = body.flag("onlyActiveAccounts")
    found = [
        shapes.account(account)
        for account in host.view().accounts
        if account.login == session.login and (account.visible or not only_active)
    ]
    return good(accounts=found)
