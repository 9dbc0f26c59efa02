"""A daemon as a process of its own, for tests: the argument is its home."""

import sys
from pathlib import Path

from service import host

if __name__ == "__main__":
    sys.exit(host.run(Path(sys.argv[1])))
