"""Every sentence about finding a unit by what somebody typed."""

from __future__ import annotations

NO_UNIT_FOUND = (
    "Tôi chưa thấy đơn vị nào khớp với “{typed}” trong phạm vi {dc} phụ trách. "
    "{Dc} gõ giúp mã đơn vị hoặc một phần tên."
)
SEVERAL_UNITS = "Có {n} đơn vị khớp với “{typed}”:\n{units}\n{Dc} gõ số thứ tự, hoặc gõ rõ tên hơn."
LINE = "{n}. {unit} ({code})"
