"""Why an act on the tree of units was not done, and how to mend it: for administrators, in chat and in workbooks."""

from __future__ import annotations

from datetime import date

from storage.acts import TreeError

REFUSED = {
    "unknown": "Không có đơn vị này trong danh sách. Xin kiểm tra lại mã đơn vị.",
    "not_yet": "{unit} chỉ có từ ngày {on}. Xin ghi ngày áp dụng từ ngày đó trở đi.",
    "ended": "{unit} đã kết thúc, ngày cuối là {on}. Xin chọn đơn vị khác hoặc ngày áp dụng sớm hơn.",
    "ends": "{unit} đã được ghi kết thúc, ngày cuối là {on}. Xin chọn đơn vị khác.",
    "top": "{unit}: chỉ đơn vị cấp tỉnh không có cấp trên, và đơn vị cấp tỉnh không chuyển hay kết thúc được. "
    "Xin kiểm tra lại loại đơn vị và cấp trên.",
    "second_top": "Đã có đơn vị cấp tỉnh là {unit}. Xin ghi cấp trên cho đơn vị này.",
    "circle": "{unit} không thể trực thuộc {parent}, vì {parent} là chính đơn vị đó hoặc nằm dưới đơn vị đó. "
    "Xin chọn cấp trên khác.",
    "itself": "Đơn vị nhận phải khác {unit}. Xin chọn đơn vị khác.",
    "has_below": "{unit} còn đơn vị trực thuộc, ví dụ {below}. Xin cho biết các đơn vị đó chuyển về cấp trên nào.",
    "too_early": "{unit} có từ ngày {on}, nên chỉ kết thúc được từ hôm sau. Xin ghi ngày áp dụng muộn hơn.",
    "later_act": "{unit} đã được ghi sáp nhập hoặc chia tách từ ngày {on}. Xin ghi ngày áp dụng từ ngày đó trở đi.",
    "nameless": "Đơn vị mã {unit} chưa có tên. Xin ghi đủ tên và tên ngắn.",
    "codeless": "Đơn vị chưa có mã. Xin ghi mã đơn vị.",
    "due_day": "{unit}: ngày nộp báo cáo là số từ 1 đến 31, đang ghi {day}. Xin ghi lại ngày nộp.",
    "code_taken": "Mã {code} đã dùng cho {unit}. Xin ghi mã khác.",
}
"""By the `reason` of a TreeError."""


def refused(error: TreeError) -> str:
    """The sentence for an administrator; dates as they are written in Vietnam."""
    values = {
        name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value
        for name, value in error.values.items()
    }
    return REFUSED[error.reason].format(**values)
