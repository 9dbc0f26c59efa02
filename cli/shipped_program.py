"""Where the shipped program `risk` begins: the command line, and for its own children `-m MODULE` as a Python has it."""

import sys

OWN_MODULES = ("cli", "connectors.simulator")
"""What the demo starts as a process of its own with `sys.executable -m`; no other module can be run this way."""


def main() -> None:
    """Run what is asked for; always ends the process."""
    module = sys.argv[2] if sys.argv[1:2] == ["-m"] and len(sys.argv) > 2 else ""
    if module in OWN_MODULES:
        del sys.argv[1:3]
    if module == "connectors.simulator":
        from connectors.simulator.process import run_simulator

        sys.exit(run_simulator(sys.argv[1:]))
    from cli.app import main as command_line

    command_line()


if __name__ == "__main__":
    main()
