"""How alembic reads the models: the same for upgrading, for comparing, and for writing a revision."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import BigInteger
from sqlmodel.sql.sqltypes import AutoString

from storage.database import Utc
from storage.models import Note

PLAIN: dict[type, str] = {Utc: "sa.DateTime(timezone=True)", AutoString: "sa.String()", BigInteger: "ID"}
"""Our types as a revision writes them: what was released must not change when our code does."""


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:  # noqa: ANN401 - alembic's signature
    """Source text of a column's type, or False where alembic knows it."""
    return PLAIN.get(type(item), False) if kind == "type" else False


OPTIONS: dict[str, Any] = {
    "target_metadata": Note.metadata,  # that of every model
    "render_item": render_item,
    "compare_type": True,
    # Both databases can undo a change of tables: an upgrade that fails leaves nothing behind.
    "transactional_ddl": True,
}
