"""What is said when an answer that is written down is put right."""

from __future__ import annotations

NOT_ASKED_YET = "Câu {n} chưa hỏi đến nên tôi chưa ghi. Mời {dc} trả lời lần lượt từ câu này."
WHICH_LINE = "“{name}” có thể là nhiều mục, {dc} muốn sửa mục nào thành {value}? Trả lời bằng số của mục."
WHICH_LINE_OPEN = "“{name}” có thể là nhiều mục, {dc} muốn sửa mục nào? Trả lời bằng số của mục."
NOT_LISTED = "Số {n} không có trong danh sách. {Dc} muốn sửa mục nào?"
OPEN = "chưa trả lời"
LINE = "{n} {short}: {held}"
KEEP = "Không sửa"
NOTHING_CHANGED = "Tôi không sửa mục nào."

UNCHANGED = "Câu {n} ({short}) vẫn ghi {now}."

# ── at the summary ──────────────────────────────────────────────────────────────────────────────────

EDIT = "Sửa"
WHICH_TO_OPEN = "{Dc} muốn sửa mục mấy? Gõ số hoặc tên của mục, ví dụ 2."
REST_STAYS = "Các mục khác giữ nguyên."
NOT_SENT = "CHƯA NỘP: gõ GUI để nộp, XEMLAI để xem lại, SUA 2 để sửa mục 2."
NOT_SENT_AGAIN = "Bản sửa tháng {month} CHƯA NỘP: gõ GUI để nộp lại, XEMLAI để xem lại, HUY để bỏ phần sửa."
OF_UNIT = "{month} của {unit}"
SUMMARY_END = "Bản sửa tháng {month} CHƯA NỘP: gõ GUI để nộp lại, SUA 2 để sửa mục 2, HUY để bỏ phần sửa."

# ── leaving a line out ──────────────────────────────────────────────────────────────────────────────

NOT_EMPTY_NUMBER = "Mục này không để trống được; không có thì {dc} gõ 0, có thì gõ số mới."
NOT_EMPTY = "Mục này không để trống được. {Dc} trả lời lại giúp."

# ── several at once ─────────────────────────────────────────────────────────────────────────────────

CHANGED_LINE = "Câu {n} ({short}): {old} → {new}"
NEW_LINE = "Câu {n} ({short}): {new}"
SAME_LINE = "Câu {n} ({short}): vẫn là {new}"
CHANGED_SEVERAL = "Đã ghi:"
SEVERAL = "{Dc} muốn sửa như sau?"
NO = "Không"
SEVERAL_END = "Trả lời ĐÚNG để sửa, KHÔNG để giữ nguyên."
SEVERAL_OR_TEXT = "Trả lời ĐÚNG để sửa, KHÔNG nếu đó là nội dung của câu đang hỏi."
SEVERAL_UNREAD = "Tôi chưa sửa gì, vì chưa rõ phần “{part}”. {Dc} sửa từng mục giúp, ví dụ SUA 2 thành 40."
ALSO_SAID = "Tôi chưa ghi phần “{rest}”; {dc} nhắc lại khi tôi hỏi đến."

# ── after handing in ────────────────────────────────────────────────────────────────────────────────

FIGURES_SENT = (
    "Tôi chưa ghi số liệu trong tin vừa rồi; báo cáo tháng {period} của {unit} đã nộp. "
    "Cần sửa thì {dc} gõ SUA, số mục và số mới, ví dụ SUA 2 thành 40; gõ XEMLAI để xem các mục."
)

NO_SUCH_NAME = (
    "Báo cáo này không có mục nào tên “{name}”. {Dc} gõ XEMLAI để xem các mục, SUA và số mục để sửa."
)
