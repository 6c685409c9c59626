"""One platform a module; a channel carries messages and decides nothing."""
