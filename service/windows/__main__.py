"""`python -m service.windows --home HOME`: what the service control manager starts. It must be quick to answer."""

import sys

assert sys.platform == "win32"

from pathlib import Path  # noqa: E402

from service.windows.dispatcher import host_service  # noqa: E402

if __name__ == "__main__":
    sys.exit(host_service(Path(sys.argv[sys.argv.index("--home") + 1])))
