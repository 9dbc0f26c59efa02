"""`risk simulate`: run one venue on a port until interrupted."""

import argparse
import asyncio
import json
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from connectors.simulator.core.instants import parse
from connectors.simulator.recorded.application import build as build_recorded
from connectors.simulator.recorded.player import Player
from connectors.simulator.recorded.tape import Tape, read_tape
from connectors.simulator.server.application import build
from connectors.simulator.server.clock import Clock
from connectors.simulator.server.fault_script import play
from connectors.simulator.server.host import Host
from connectors.simulator.server.listener import LOOPBACK, Listener
from connectors.simulator.server.sessions import Sessions
from connectors.simulator.world import World, WorldError, create, read

CANNOT_START = 3


def run_simulator(argv: list[str]) -> int:
    """Serve until SIGINT or SIGTERM and return the exit code. The first line printed is the JSON of `describe`."""
    options = _options(argv)
    try:
        if options.speed <= 0:
            raise ValueError(f"--speed {options.speed} must be above 0")
        if options.recording:
            return asyncio.run(_serve_recording(read_tape(Path(options.recording)), options))
        world = read(options.world)
        start = parse(options.start) if options.start else world.start
        host = Host(
            create(world, options.seed, start),
            Clock(start, options.speed),
            Sessions(world.logins, options.seed),
        )
        return asyncio.run(_serve(host, world, options))
    except (WorldError, ValueError) as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(
            f"port {options.port} cannot be used ({error.strerror}); choose another one or 0 for any"
        )


def describe(host: Host, world: World, port: int) -> dict[str, Any]:
    """Return where the venue is and who may log in (the first login and its accounts)."""
    name, key = next(iter(world.logins.items()))
    return {
        **_addresses(port),
        "userName": name,
        "apiKey": key,
        "accounts": [account.id for account in world.accounts if account.login == name],
        "contracts": list(host.exchange.venue.markets),
    }


def _addresses(port: int) -> dict[str, Any]:
    here = f"http://{LOOPBACK}:{port}"
    return {"api": here, "user_hub": f"{here}/hubs/user", "market_hub": f"{here}/hubs/market"}


async def _serve(host: Host, world: World, options: argparse.Namespace) -> int:
    listener = Listener(host.links, build(host), options.port)
    host.restart = listener.restart

    def begin() -> dict[str, Any]:
        host.background(play(host, host.exchange.venue.now, world.faults))
        return describe(host, world, listener.port)

    return await _until_stopped(listener, begin, options)


async def _serve_recording(tape: Tape, options: argparse.Namespace) -> int:
    player = Player(tape, options.speed)
    listener = Listener(player.links, build_recorded(player), options.port)
    who = {
        "userName": "recorded",
        "apiKey": "recorded",
        "accounts": list(tape.accounts),
        "contracts": tape.contracts,
    }
    return await _until_stopped(listener, lambda: {**_addresses(listener.port), **who}, options)


async def _until_stopped(
    listener: Listener, begin: Callable[[], dict[str, Any]], options: argparse.Namespace
) -> int:
    """Listen, print what `begin` returns as the first line, and serve until a signal comes."""
    stopped = asyncio.Event()
    _stop_on_signals(stopped)
    try:
        await listener.open()
        sys.stdout.write(json.dumps(begin()) + "\n")
        sys.stdout.flush()
        if options.until_stdin_closes:
            _stop_with_stdin(stopped)
        await stopped.wait()
    finally:
        await listener.close()
    return 0


def _stop_on_signals(stopped: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # The loop's own signal handlers do not exist on Windows; this works everywhere.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))


def _stop_with_stdin(stopped: asyncio.Event) -> None:
    """Stop when whoever started us is gone: the operating system then closes the pipe."""
    loop = asyncio.get_running_loop()

    def wait() -> None:
        while sys.stdin.buffer.read(1024):
            pass
        loop.call_soon_threadsafe(stopped.set)

    threading.Thread(target=wait, name="simulator stdin", daemon=True).start()


def _options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="risk simulate", description="Run a simulated gateway on this machine."
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1; 0 takes any free one")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same prices")
    parser.add_argument("--world", default="default", help="a shipped world or a YAML file")
    parser.add_argument("--recording", help="a file of `risk record`, served instead of a world")
    parser.add_argument("--start", help="ISO time at which the venue's clock starts; else the world's")
    parser.add_argument("--speed", type=float, default=1.0, help="venue seconds per real second")
    parser.add_argument(
        "--until-stdin-closes", action="store_true", help="stop with the process that started it"
    )
    return parser.parse_args(argv)


def _complain(text: str) -> int:
    sys.stderr.write(f"risk simulate: {text}\n")
    return CANNOT_START
