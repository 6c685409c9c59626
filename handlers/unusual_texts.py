"""What is said of an answer that is unlike the unit's own earlier ones: one question, never a reproach."""

from __future__ import annotations

LOOK = {
    "unusual": "{short}: {value}. Những tháng gần đây đơn vị thường ghi {usual}.",
    "unusual_each": "{short}: {value} cho {beside}, bình quân {each}. Những tháng gần đây bình quân thường là {usual}.",
    "per_head": "{short}: {value} cho {beside}, bình quân {each}, khác mức thường gặp.",
    "jump": "{short}: {value}, chênh nhiều so với tháng trước ({previous}).",
    "above": "{short}: {value}, lớn hơn mức thường gặp.",
}
"""Why a number that breaks no rule is looked at again."""
BESIDE = {
    "unusual": "khác thường lệ ({usual})",
    "unusual_each": "bình quân {each}, khác thường lệ ({usual})",
    "per_head": "bình quân {each}, khác mức thường gặp",
    "jump": "chênh nhiều so với tháng trước ({previous})",
    "above": "lớn hơn mức thường gặp",
}
"""The same in a few words, behind the number."""
EDITED = "{notice} Số mới {look}; nếu gõ nhầm, {dc} gõ SUA {n} để sửa lại."
CONFIRMED = "Số khác thường, đơn vị đã xác nhận:"
CONFIRMED_LINE = "- {short}: {value} ({why}). {reason}"
GIVEN_REASON = "Lý do của đơn vị: {note}"
NO_REASON = "Đơn vị không ghi lý do."
ALIKE = "Số liệu bốn tháng liền giống hệt nhau."
ANSWER_WITH = "Trả lời ĐÚNG nếu đúng số này, NHẦM để nhập lại, hoặc ghi lý do."
BETWEEN = "{low} đến {high}"
EACH = "{value} mỗi {of}"
WHY = "{Dc} ghi ngắn gọn lý do, ví dụ: tháng này có hội thao toàn ngành."
WHY_NOT_READ = (
    "Tôi chưa rõ “{typed}”. {Dc} ghi lý do bằng một câu ngắn, hoặc trả lời ĐÚNG nếu đúng là {value}, "
    "NHẦM để nhập lại."
)
NOTED = "{echo} Tôi ghi kèm lý do; cảm ơn {dc}."
YES = "Đúng số này"
SLIP = "Gõ nhầm"
REASON = "Ghi lý do"

SAME_AGAIN = "Số liệu giống hệt hai tháng trước. Nếu đúng vậy, {dc} cứ nộp."

PREVIOUS = "Kỳ trước, mục này ghi: {value}."
NO_PREVIOUS = "Tôi chưa có số kỳ trước của đơn vị cho mục này."
