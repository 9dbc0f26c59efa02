"""The venue on a port: REST, both hubs and the control door, all in one event loop. The only asyncio of the project's connectors."""
