"""What a proctor does."""
