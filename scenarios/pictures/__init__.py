"""Pictures of figures: the same bytes from the same values, safe for colour-blind eyes and for black and white print."""
