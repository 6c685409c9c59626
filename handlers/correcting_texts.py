"""What is said when an earlier line is put right while another question is open."""

from __future__ import annotations

NOT_ASKED_YET = "Câu {n} chưa hỏi đến nên tôi chưa ghi. Mời {dc} trả lời lần lượt từ câu này."
WHICH_LINE = "“{name}” có thể là nhiều mục, {dc} muốn sửa mục nào thành {value}? Trả lời bằng số của mục."
NOT_LISTED = "Số {n} không có trong danh sách. {Dc} muốn sửa mục nào thành {value}?"
OPEN = "chưa trả lời"
LINE = "{n} {short}: {held}"
KEEP = "Không sửa"
NOTHING_CHANGED = "Tôi không sửa mục nào."
