"""The program as a folder that needs no Python, and its installer for Windows: `python -m service.packaging`."""
