"""What is printed for a round: ballots, letters, lists, poster, catalogue and minutes, as PDF and as HTML."""
