"""Files made from a summary; their libraries are heavy, so callers import a module where they use it."""
