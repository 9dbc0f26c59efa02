"""The two hubs: one supervised link each, that notices every way of dying and comes back by itself."""
