"""Officers, the queue and decisions."""
