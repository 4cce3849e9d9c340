"""marketwarden."""
