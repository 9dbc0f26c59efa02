"""`risk demo`: a simulated venue, the real guard, and a trader who breaks every rule within a minute."""
