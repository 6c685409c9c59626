"""Every sentence about which unit a report is for, said to who writes the reports of several."""

from __future__ import annotations

WHICH_UNIT = (
    "{Dc} phụ trách {n} đơn vị chưa nộp báo cáo tháng {period}. Báo cáo cho đơn vị nào?\n{units}\n"
    "Gõ số thứ tự hoặc tên đơn vị. Đang làm mà cần đổi thì gõ DOIDONVI."
)
WHICH_TO_CORRECT = (
    "{Dc} đã nộp báo cáo tháng {period} của {n} đơn vị. Sửa báo cáo của đơn vị nào?\n{units}\n"
    "Gõ số thứ tự hoặc tên đơn vị."
)
NO_SUCH_UNIT = "Tôi chưa thấy đơn vị số {typed} trong danh sách. {Dc} gõ lại giúp số thứ tự hoặc tên đơn vị."
NOTHING_TO_CHOOSE = "Không còn đơn vị nào khác chưa nộp báo cáo tháng {period}. {Dc} gõ BATDAU để làm tiếp."
LINE = "{n}. {unit} – {state}"
NOT_BEGUN = "chưa bắt đầu"
BEGUN = "đang nhập, xong {done}/{of} câu"
RETURNED = "được đề nghị xem lại"
SENT = "đã nộp, mã {code}"
MORE_UNITS = "Còn chưa nộp: {units}. {Dc} bấm Bắt đầu báo cáo hoặc gõ BATDAU để làm tiếp."
OF_UNIT = "Xem của {unit}"
