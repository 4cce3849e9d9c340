"""Rendering: Chromium behind the door. It has no other way out, and its sandbox stays on."""
