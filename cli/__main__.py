"""`python -m cli`: the same as the command `risk`."""

from cli.app import main

main()
