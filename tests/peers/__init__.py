"""Bots of other libraries that ask the same twenty questions: what our figures are compared with."""
