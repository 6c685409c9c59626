"""Called by alembic for each command; `storage.upgrade` hands over the connection in `config.attributes`."""

from __future__ import annotations

from alembic import context

from storage.migrations.options import OPTIONS

attributes = context.config.attributes
# SQLite alters a table by copying it ("batch"); what makes its first tables need not.
context.configure(attributes["connection"], render_as_batch=attributes.get("batch", True), **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
