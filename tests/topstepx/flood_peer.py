"""A program that floods one hub with quotes and tells fills and positions on the other; prints its port first.

Run by a test as a process of its own, so that the client has a core to itself. Arguments: quotes, fills.
"""

import json
import socket
import struct
import sys
import threading
import time

UPGRADED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
CONTRACT = "CON.F.US.MNQ.Z25"


def frame(record: dict[str, object]) -> bytes:
    text = json.dumps(record, separators=(",", ":")).encode() + b"\x1e"
    return (
        b"\x81" + (bytes([len(text)]) if len(text) < 126 else b"\x7e" + struct.pack(">H", len(text))) + text
    )


def quote(number: int) -> bytes:
    prices = {"bestBid": 25500 + number % 100, "bestAsk": 25501 + number % 100}
    stamp = f"2025-11-12T15:{number // 60 % 60:02}:{number % 60:02}.{number:07}+00:00"
    content = {"symbol": "F.US.MNQ", **prices, "lastUpdated": stamp, "timestamp": stamp, "contract": CONTRACT}
    return frame({"type": 1, "target": "GatewayQuote", "arguments": [CONTRACT, content]})


def fill(number: int) -> bytes:
    """Return a fill whose order id is the moment of sending, in microseconds of the system's monotonic clock."""
    content = {
        "id": number,
        "accountId": 1,
        "contractId": CONTRACT,
        "creationTimestamp": "2025-11-12T15:04:11.3898714+00:00",
        "price": 25510.25,
        "fees": 0.36,
        "side": 0,
        "size": 1,
        "orderId": time.monotonic_ns() // 1000,
    }
    return frame({"type": 1, "target": "GatewayUserTrade", "arguments": [{"action": 0, "data": content}]})


def position(number: int) -> bytes:
    content = {
        "id": 7,
        "accountId": 1,
        "contractId": CONTRACT,
        "creationTimestamp": "2025-11-12T15:04:11.3898714+00:00",
        "type": 1,
        "size": number,
        "averagePrice": 25510.25,
    }
    return frame({"type": 1, "target": "GatewayUserPosition", "arguments": [{"action": 1, "data": content}]})


def serve(link: socket.socket, quotes: int, fills: int) -> None:
    request = b""
    while b"\r\n\r\n" not in request:
        request += link.recv(4096)
    link.sendall(UPGRADED + b"\x81\x03{}\x1e")
    time.sleep(0.5)
    if b"/hubs/market" in request:
        batch = [quote(number) for number in range(quotes)]
        for at in range(0, quotes, 50):
            link.sendall(b"".join(batch[at : at + 50]))
    else:
        for number in range(1, fills + 1):
            link.sendall(fill(number) + position(number))
            time.sleep(0.04)
    threading.Event().wait(30)


def main() -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        link, _ = listener.accept()
        threading.Thread(target=serve, args=(link, int(sys.argv[1]), int(sys.argv[2])), daemon=True).start()


if __name__ == "__main__":
    main()
