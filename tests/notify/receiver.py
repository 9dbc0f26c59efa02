"""A channel that people read: an HTTP server that keeps what it is told, fails, or hangs."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """Takes what apprise's `json://` channel posts. `mood` is ok, refuse or hang."""

    def __init__(self, mood: str = "ok") -> None:
        self.mood = mood
        self.heard: list[tuple[float, str, str]] = []
        self.visits: list[str] = []
        self._ending = threading.Event()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if receiver.mood == "hang":
                    receiver._ending.wait(60)
                if receiver.mood == "ok":
                    receiver.heard.append((time.monotonic(), body["title"], body["message"]))
                self.send_response(200 if receiver.mood == "ok" else 500)
                self.end_headers()

            def do_GET(self) -> None:
                receiver.visits.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self._server.server_port}/CANARY-SECRET"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/beat/CANARY-SECRET"

    def titles(self) -> list[str]:
        return [title for _, title, _ in self.heard]

    def close(self) -> None:
        self._ending.set()
        self._server.shutdown()
        self._server.server_close()
