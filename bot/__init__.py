"""The process and its edges: what comes in, what goes out, the commands."""
