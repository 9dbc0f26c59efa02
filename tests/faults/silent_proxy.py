"""A door to the hubs that can go silent in the two ways there are; read with `runpy`, since nothing here is a package."""

import ctypes
import socket
import struct
import threading
import time

_SO_ATTACH_FILTER = 26
_DROP_ALL = ctypes.create_string_buffer(
    struct.pack("HBBI", 0x06, 0, 0, 0)
)  # BPF: return 0 bytes of every packet


class SilentProxy:
    """Passes bytes on to a port of this machine.

    `freeze`: connections stay open and their kernel acknowledges, but nobody reads or writes (a process that hangs).
    `vanish`: nothing that arrives is acknowledged any more (a cable that was pulled). Both concern only what is open
    now; who connects afterwards is served as ever.
    """

    def __init__(self, port: int) -> None:
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._silent = threading.Event()
        self._open: list[tuple[socket.socket, socket.socket]] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        self._silent.set()
        self._open, self._silent = [], threading.Event()

    def vanish(self) -> None:
        silenced = self._open
        self.freeze()
        program = struct.pack("HL", 1, ctypes.addressof(_DROP_ALL))
        for near, _ in silenced:
            near.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, program)

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            pair, silent = (near, far), self._silent
            self._open.append(pair)
            for source, sink in (pair, pair[::-1]):
                threading.Thread(target=self._pass, args=(source, sink, silent), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket, silent: threading.Event) -> None:
        try:
            while data := source.recv(65536):
                while silent.is_set():
                    time.sleep(3600)
                sink.sendall(data)
        except OSError:
            pass
        if not silent.is_set():
            sink.close()
