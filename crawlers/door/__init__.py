"""The one door out: every byte of a crawl comes through here. It never writes to disk and never follows a redirect."""
