"""species_lists."""
