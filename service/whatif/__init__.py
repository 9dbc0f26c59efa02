"""What would follow from an order or from more losers, in words and as JSON; `engine.whatif` finds it out."""
