"""The pure engine: a form and its answers in, the next question out.  No storage, no network, no clock."""
