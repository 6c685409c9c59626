"""What is stored about one person as an Excel workbook: one sheet a kind."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from handlers import privacy_texts
from handlers.documents import sheets
from handlers.documents.sheets import Row


def write(rows: Mapping[str, Sequence[Row]]) -> bytes:
    """The workbook; sheets by their names in `privacy_texts.SHEETS`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, title in privacy_texts.SHEETS.items():
        sheet = sheets.add(book, title)
        columns = privacy_texts.COLUMNS[name]
        sheets.heading(sheet, 1, columns)
        for number, values in enumerate(rows.get(name, ()), 2):
            sheets.put(sheet, number, values)
        sheets.widths(sheet, [20.0 if len(columns) > 2 else 26.0, *[32.0] * (len(columns) - 1)])
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
