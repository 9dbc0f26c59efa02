"""Telling systemd that the service is ready, and that it lives: one datagram each (sd_notify(3))."""

import os
import socket


def tell_systemd(state: str) -> None:
    """Send `READY=1` or `WATCHDOG=1`; nothing happens where no systemd listens."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place or not hasattr(socket, "AF_UNIX"):
        return
    address = f"\0{place[1:]}" if place.startswith("@") else place
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagram:
            datagram.connect(address)
            datagram.send(state.encode())
    except OSError:
        return  # systemd notices by its own watchdog what it does not hear
