"""The demonstration marketplace: three small sites on loopback with listings written for them. Standard library and `domain` only."""
