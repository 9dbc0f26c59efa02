"""`python -m connectors.simulator`: the same as `risk simulate`."""

import sys

from connectors.simulator.process import run_simulator

if __name__ == "__main__":
    sys.exit(run_simulator(sys.argv[1:]))
