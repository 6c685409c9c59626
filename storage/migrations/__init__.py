"""The history of the tables, one revision after another.  A revision that was released is never changed."""
