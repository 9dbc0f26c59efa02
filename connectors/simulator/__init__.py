"""A gateway like ProjectX in its own process: REST, both hubs, a market, a matching engine and faults."""
