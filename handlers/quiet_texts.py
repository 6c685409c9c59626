"""What is said when there is nothing to report: in a section, in the whole month."""

from __future__ import annotations

DROP_SECTION = "Bỏ cả mục {section} ({n} câu đã trả lời), ghi 0? Trả lời CÓ để bỏ, KHÔNG để giữ."
DROP_TICKED = (
    "Bỏ mục {section}, ghi là không có? Trả lời CÓ để bỏ; còn vướng mắc thì {dc} mô tả giúp một câu."
)
DROP_REPORT = (
    "Ghi cả báo cáo tháng là Không phát sinh, bỏ các nội dung đã ghi ({sections})? "
    "Trả lời CÓ để ghi, KHÔNG để giữ; chỉ câu này không có thì gõ 0."
)
SECTION_DROPPED = "Đã bỏ mục {section}, ghi 0."
REPORT_QUIET = "Đã ghi: tháng này không phát sinh."
SECTION_QUIET = "Đã bỏ mục {section}, ghi 0; báo cáo tháng này thành Không phát sinh."
KEPT = "Vẫn giữ như đã ghi."
YES = "Có"
NO = "Không"
