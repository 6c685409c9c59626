"""Every sentence about the pause of all reminders and digests."""

from __future__ import annotations

ASK = (
    "Tạm dừng toàn bộ lời nhắc và bản tin, cho mọi đơn vị{reason}? "
    "Trả lời khi có người hỏi vẫn gửi bình thường. Gõ CÓ để tạm dừng, KHÔNG để thôi."
)
ITS_REASON = " (lý do: {reason})"
BEGUN = (
    "Đã tạm dừng mọi lời nhắc và bản tin{reason}; trả lời, biên nhận và giải đáp HOTRO vẫn gửi. "
    "Khi cần gửi lại, {dc} gõ CHAYLAI."
)
BEGUN_BY = (
    "{Dc} {by} đã tạm dừng mọi lời nhắc và bản tin từ {since}{reason}. Khi cần gửi lại, {dc} gõ CHAYLAI."
)
NOT_BEGUN = "Vâng, lời nhắc và bản tin vẫn gửi bình thường."
PAUSED_ALREADY = (
    "Lời nhắc và bản tin đang tạm dừng từ {since}, do {dc} {by}{reason}. Muốn gửi lại, {dc} gõ CHAYLAI."
)
NOT_PAUSED = "Lời nhắc và bản tin đang gửi bình thường, không có gì tạm dừng."
ENDED = (
    "Lời nhắc và bản tin gửi lại từ bây giờ. Những lời nhắc đã qua ngày không gửi bù; "
    "bản tin bị lỡ chỉ gửi một lần, bản mới nhất."
)
ENDED_BY = (
    "{Dc} {by} đã cho gửi lại lời nhắc và bản tin lúc {since}. Những lời nhắc đã qua ngày không gửi bù; "
    "bản tin bị lỡ chỉ gửi một lần, bản mới nhất."
)
BANNER = "ĐANG TẠM DỪNG lời nhắc và bản tin từ {since}, do {dc} {by}. Gõ CHAYLAI để gửi lại."
YES = "Tạm dừng"
NO = "Thôi"
