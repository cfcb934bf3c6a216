"""The intervals of a pool or a price on which the same proposals are funded, certified for every øre in them."""
