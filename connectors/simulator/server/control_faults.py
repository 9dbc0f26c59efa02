"""The control door's mischief: what shall go wrong on REST and on the hubs."""

from dataclasses import fields
from typing import Any

from connectors.simulator.server.control_reading import ControlError, fitting, known_only, whole
from connectors.simulator.server.faults import REST_KINDS, HubFaults, RestFault
from connectors.simulator.server.host import KICKED, Host
from connectors.simulator.server.hub_events import RECORD_END
from connectors.simulator.server.hub_link import CUTS

Json = dict[str, Any]
HUBS = ("user", "market")
SWITCHES = tuple(field.name for field in fields(HubFaults) if not field.name.startswith("_"))


def rest(host: Host, body: Json) -> Json:
    """Let the next `times` calls whose path ends in `path` fail in the way of `kind`."""
    names = [field.name for field in fields(RestFault)]
    known_only(body, *names)
    if body.get("kind") not in REST_KINDS:
        raise ControlError(f"kind: one of {', '.join(REST_KINDS)}")
    fault = RestFault(body["kind"])
    for name, value in body.items():
        setattr(fault, name, fitting(name, value, getattr(fault, name)))
    host.faults.rest.append(fault)
    return {"waiting": len(host.faults.rest)}


def hub(host: Host, body: Json) -> Json:
    """Set switches and counters of one hub, or of both if `hub` is left out."""
    known_only(body, "hub", *SWITCHES)
    for name in _hubs(body):
        for switch in SWITCHES:
            if switch in body:
                value = fitting(switch, body[switch], getattr(HubFaults(), switch))
                setattr(host.faults.hubs[name], switch, value)
    return {"hubs": _hubs(body)}


def cut(host: Host, body: Json) -> Json:
    """End every connection of a hub: reset, fin, close_frame, close_record, close_for_good."""
    known_only(body, "hub", "how")
    how = body.get("how", "reset")
    if how not in CUTS:
        raise ControlError(f"how: one of {', '.join(CUTS)}")
    ended = [link for link in host.links if link.hub in _hubs(body)]
    for link in ended:
        link.cut(how)
    return {"ended": len(ended)}


def send(host: Host, body: Json) -> Json:
    """Send a text as it is (a malformed frame) to every connection of a hub; `record` adds the separator."""
    known_only(body, "hub", "text", "record")
    text = str(body.get("text", "not json")) + (RECORD_END if body.get("record", True) else "")
    for link in host.links:
        if link.hub in _hubs(body):
            link.send_now(text)
    return {"text": text}


def logout(host: Host, body: Json) -> Json:
    """Push GatewayLogout on both hubs, forget every token unless told not to, and end the connections."""
    known_only(body, "keep_tokens", "argument")
    host.kick(str(body.get("argument", KICKED)))
    if body.get("keep_tokens") is not True:
        host.sessions.expire_all()
    return {"ok": True}


def expire_tokens(host: Host, body: Json) -> Json:
    """Make every token worthless at once; open hub connections stay, as far as anyone has seen."""
    known_only(body)
    host.sessions.expire_all()
    return {"ok": True}


def odd(host: Host, body: Json) -> Json:
    """Send ids as text on the user hub (`string_ids`), let REST searches lag behind (`rest_lag_ms`)."""
    known_only(body, "string_ids", "rest_lag_ms")
    host.faults.odd_ids = body.get("string_ids", host.faults.odd_ids) is True
    lag = whole(body, "rest_lag_ms")
    host.faults.rest_lag_ms = host.faults.rest_lag_ms if lag is None else lag
    return {"ok": True}


def restart(host: Host, body: Json) -> Json:
    """Close the port for `seconds` (default 1) and reset every connection; the venue itself lives on."""
    known_only(body, "seconds")
    seconds = fitting("seconds", body.get("seconds", 1), 1.0)
    if host.restart is None:
        raise ControlError("this venue does not own its port")
    host.background(host.restart(seconds))
    return {"seconds": body.get("seconds", 1)}


def clear(host: Host, body: Json) -> Json:
    """Let everything go right again; the clock's skew too."""
    known_only(body)
    host.faults.clear()
    host.clock.skew = 0
    return {"ok": True}


def _hubs(body: Json) -> list[str]:
    wanted = body.get("hub")
    if wanted is not None and wanted not in HUBS:
        raise ControlError("hub: user or market; both if left out")
    return [wanted] if wanted else list(HUBS)
