"""What the bot remembers.  Nobody else writes SQL, and nothing here knows what a message says."""
