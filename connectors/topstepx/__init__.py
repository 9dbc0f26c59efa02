"""The client of a ProjectX gateway: REST by requests, both hubs by signalrcore."""
