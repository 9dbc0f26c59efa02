"""`risk serve`: the live status as a page for a second screen, on this computer only, read-only, behind a token.

The only asyncio of the command line lives in `server.py`; everything it calls is plain synchronous code.
"""
