"""What is said to those who answer several questions in one message."""

from __future__ import annotations

OFFER = "{Dc} có thể trả lời nhiều câu số một lần, ví dụ: 12, 5, 0."
TABLE = "Tôi ghi theo thứ tự câu hỏi:"
LINE = "{n}) {short}: {value}"
LINE_LOOK = "{n}) {short}: {value}, {look}"
LOOK_AGAIN = "{Dc} xem lại giúp dòng {lines}."
DROPPED = "Không hỏi {names} vì mục {short} là 0."
TABLE_END = "Trả lời ĐÚNG để ghi cả {n} câu, NHAP LAI để gõ lại, hoặc sửa một dòng, ví dụ: sửa 2 thành 6."
NOTED = "Đã ghi {n} câu."
NOTHING_NOTED_YET = "Tôi chưa ghi các số dưới đây."
NO_SUCH_ROW = "Bảng chỉ có {n} dòng."
ROW_TO_WHAT = "{Dc} gõ cả số mới giúp, ví dụ: sửa {n} thành 6."
TOO_MANY = (
    "Tôi nhận được {n} số nhưng từ câu này chỉ còn {left} câu hỏi số, nên chưa ghi số nào. {Dc} gửi lại giúp."
)
BAD_PART = "Số thứ {n} (“{typed}”) tôi chưa ghi được cho mục {short}, nên chưa ghi số nào. {why}"
OUT_OF_ORDER = (
    "Tôi chỉ ghi nhiều câu một lần theo thứ tự, từ câu {n} trở đi, nên chưa ghi số nào. "
    "Câu đã trả lời thì {dc} sửa từng câu, ví dụ: sửa 2 thành 640."
)
DOUBTFUL_PART = "{Dc} ghi rõ số đó giúp."
EDIT_UNFIT = (
    "Tôi chưa đổi theo tin nhắn vừa sửa vì các số không khớp với những câu đã ghi. "
    "{Dc} sửa từng câu giúp, ví dụ: {example}."
)
EDIT_EXAMPLE = "sửa {n} thành {value}"
