"""What is said to words that answer nothing: short, warm, and the question stays; help that changes as needed."""

from __future__ import annotations

LEFT = "Còn {n} câu nữa là xong."
LAST = "Đây là câu cuối."
REST = "; còn {n} câu nữa là xong"
REST_LAST = "; đây là câu cuối"

# ── inside a report: what is said first, and what is said the next time ─────────────────────────────

SAID = {
    "greeting": "Chào {ten}. {left}",
    "thanks": "Cảm ơn {ten}. {left}",
    "noted": "Vâng, mời {dc} trả lời câu dưới đây. {left}",
    "laughter": "Vâng, tôi chờ {dc} trả lời câu dưới đây. {left}",
    "question": "Tôi chỉ có phần hướng dẫn ghi dưới câu hỏi. Chưa rõ thì {dc} gõ HOTRO, tôi chuyển ngay câu vừa hỏi tới cán bộ công đoàn cấp trên.",
    "no_hint": "Câu này tôi chưa trả lời được. {Dc} gõ HOTRO, tôi chuyển ngay câu vừa hỏi tới cán bộ công đoàn cấp trên.",
    "due": "Hạn nộp: hết ngày {due}. {left}",
    "who_sees": "Báo cáo do cán bộ công đoàn cấp trên và Ban CSPL&QHLĐ xem; lãnh đạo chỉ nhận số tổng hợp. {left}",
    "received": "Báo cáo CHƯA nộp; các câu đã trả lời vẫn giữ. {left}",
    "left": "{left} Bận thì {dc} gõ DESAU để làm tiếp lúc khác.",
    "who": "Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động. Cần gặp cán bộ thì {dc} gõ HOTRO.",
    "complaint": "Xin lỗi đã làm {dc} mất thời gian{rest}. Bận thì gõ DESAU, các câu đã trả lời vẫn giữ.",
    "insult": "Xin lỗi {dc}, tôi chưa giúp được như {dc} mong muốn. Gõ HOTRO để gặp cán bộ công đoàn cấp trên.",
    "promise": "Vâng. {Dc} gõ DESAU thì tôi giữ bản nháp để làm tiếp sau; trả lời được ngay thì mời {dc}.",
    "long": "Tin vừa gửi dài nên tôi chưa ghi. {Dc} trả lời giúp câu dưới đây bằng {what}.",
}
SAID_AGAIN = {
    "greeting": "Vâng, tôi vẫn ở đây. {Dc} trả lời câu dưới đây, hoặc gõ HOTRO để gặp cán bộ công đoàn cấp trên.",
    "thanks": "Vâng, mời {dc} trả lời tiếp câu dưới đây.",
    "noted": "Tôi chờ câu trả lời của {dc}. Chưa tiện thì gõ DESAU.",
    "laughter": "Mời {dc} trả lời câu dưới đây. Chưa tiện thì gõ DESAU.",
    "question": "Để tôi nhờ người trả lời: {dc} gõ HOTRO là câu vừa hỏi được chuyển ngay tới cán bộ công đoàn cấp trên.",
    "no_hint": "Để tôi nhờ người trả lời: {dc} gõ HOTRO là câu vừa hỏi được chuyển ngay tới cán bộ công đoàn cấp trên.",
    "due": "{Dc} còn đến hết ngày {due}. Chưa tiện thì gõ DESAU để làm tiếp lúc khác.",
    "who_sees": "Chỉ cán bộ công đoàn cấp trên và Ban CSPL&QHLĐ xem báo cáo này. Cần hỏi thêm thì {dc} gõ HOTRO.",
    "received": "CHƯA nộp: trả lời hết các câu rồi gõ GUI thì báo cáo mới được gửi đi. {left}",
    "left": "{left} Mời {dc} trả lời câu dưới đây.",
    "who": "Trả lời ở đây là máy. {Dc} gõ HOTRO để cán bộ công đoàn cấp trên trả lời.",
    "complaint": "Tôi hiểu {dc} bận. Gõ DESAU để làm lúc khác, hoặc HOTRO để nhờ cán bộ công đoàn cấp trên giúp.",
    "insult": "{Dc} gõ HOTRO để gặp cán bộ công đoàn cấp trên, hoặc DESAU để làm lúc khác.",
    "promise": "Vâng, tôi chờ. {Dc} gõ DESAU để đóng câu hỏi lại, khi tiện gõ TIEPTUC.",
    "long": "Tôi chưa ghi tin dài này. {Dc} trả lời giúp bằng {what}.",
}
"""Kind of talk → words; another kind in between makes either of them new again."""
WHAT = {
    "int": "một con số",
    "dec": "một con số",
    "money": "một số tiền",
    "date": "một ngày",
    "yn": "Có hoặc Không",
    "one": "một số trong danh sách",
    "multi": "số trong danh sách",
    "text": "một, hai câu",
}
TO_PERSON = "Chuyển câu hỏi"
LATER = "Để sau"
ASK_PERSON = "Hỏi cán bộ"

KEEP_TEXT = "{Dc} vừa gõ: “{typed}”\nTôi ghi câu này làm câu trả lời nhé? Đúng thì gõ ĐÚNG, chưa đúng thì gõ lại câu trả lời."
KEEP_QUESTION = "{Dc} vừa gõ: “{typed}”\nGõ HOTRO để tôi chuyển câu này tới cán bộ công đoàn cấp trên; gõ ĐÚNG nếu đây là câu trả lời."
KEEP_PROMISE = "{Dc} vừa gõ: “{typed}”\nGõ DESAU để làm tiếp lúc khác; gõ ĐÚNG nếu đây là câu trả lời."

# ── at the page before handing in, and at a question about cancelling ───────────────────────────────

AT_SUMMARY = {
    "question": "Nội dung này chưa được nộp. Gõ HOTRO thì tôi chuyển ngay câu vừa hỏi tới cán bộ công đoàn cấp trên; gõ GUI để nộp.",
    "no_hint": "Nội dung này chưa được nộp. Gõ HOTRO thì tôi chuyển ngay câu vừa hỏi tới cán bộ công đoàn cấp trên; gõ GUI để nộp.",
    "due": "Hạn nộp: hết ngày {due}. {Dc} gõ GUI để nộp.",
    "who_sees": "Báo cáo do cán bộ công đoàn cấp trên và Ban CSPL&QHLĐ xem; lãnh đạo chỉ nhận số tổng hợp. {Dc} gõ GUI để nộp.",
    "promise": "Vâng, chưa nộp. {Dc} gõ DESAU để giữ lại, khi tiện gõ TIEPTUC rồi GUI.",
    "complaint": "Chỉ còn bước nộp: {dc} gõ GUI là xong.",
    "greeting": "Chào {ten}. Đã đủ các câu, {dc} gõ GUI để nộp.",
    "thanks": "Cảm ơn {ten}. Đã đủ các câu nhưng chưa nộp, {dc} gõ GUI để nộp.",
    "received": "CHƯA nộp. {Dc} gõ GUI thì tôi mới gửi đi.",
    "left": "Đã đủ các câu nhưng CHƯA nộp. {Dc} gõ GUI là xong.",
    "who": (
        "Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động; báo cáo này chưa nộp. "
        "{Dc} gõ GUI để nộp, HOTRO để gặp cán bộ."
    ),
    "long": "Tôi chưa ghi gì từ tin dài vừa gửi; các mục đã ghi giữ nguyên và chưa nộp. {Dc} gõ GUI để nộp, SUA và số mục để sửa.",
}
AT_SUMMARY_AGAIN = (
    "Các câu trả lời vẫn được giữ và chưa nộp. {Dc} gõ GUI để nộp, XEMLAI để đọc lại, DESAU để nộp sau."
)
NOT_SENT = "Mời {dc} xem lại; đúng thì gõ GUI lần nữa để nộp."
"""Above the page, for who wished to hand in before having seen it."""
FILE_AT_SUMMARY = "Báo cáo không cần thêm tệp này nên tôi chưa lưu. {Dc} gõ GUI để nộp."
VOICE_AT_SUMMARY = "Tôi chưa nghe được tin thoại. {Dc} gõ GUI để nộp, SUA và số mục để sửa."
STICKER_AT_SUMMARY = "Tôi chưa đọc được nhãn dán. {Dc} gõ GUI để nộp, SUA và số mục để sửa."
FILE_AGAIN = "Ở câu này tôi chưa dùng được ảnh, tệp, tin thoại hay nhãn dán. {Dc} trả lời giúp bằng {what}."
NOT_READ = "Tôi chưa đọc được loại tin nhắn này."
FILE_AGAIN = "Ở câu này tôi chưa dùng được ảnh, tệp, tin thoại hay nhãn dán. {Dc} trả lời giúp bằng {what}."
FILE_NOT_READ = "Tôi chưa lưu tệp vừa gửi."

# ── the same question could not be read again ───────────────────────────────────────────────────────

MORE = {
    "int": "{Dc} chỉ gõ một con số, ví dụ {example}{zero}{same}.",
    "dec": "{Dc} chỉ gõ một con số, ví dụ {example}{zero}{same}.",
    "money": "{Dc} viết đủ số đồng, ví dụ 1500000 là một triệu năm trăm nghìn{zero}{same}.",
    "date": "{Dc} viết đủ ngày/tháng/năm, ví dụ 17/10/2026, hoặc gõ “hôm nay”, “hôm qua”.",
    "yn": "{Dc} gõ 1 hoặc 2 theo danh sách dưới đây.",
    "one": "{Dc} gõ số đứng đầu dòng, ví dụ 1.",
    "multi": "{Dc} gõ số đứng đầu dòng; nhiều mục thì cách nhau, ví dụ {apart}.",
    "text": "{Dc} viết như nói với đồng nghiệp, một câu là được; chưa viết được thì gõ DESAU.",
}
"""The second help, another than the first."""
ZERO = "; không có thì gõ 0"
SAME = "; như tháng trước ({value}) thì gõ “như cũ”"
PERSON = (
    "Gõ HOTRO, tôi chuyển câu này tới cán bộ công đoàn cấp trên giúp {dc}; trả lời sau thì gõ DESAU{skip}."
)
PERSON_AGAIN = "{Dc} gõ HOTRO để nhờ cán bộ công đoàn cấp trên, DESAU để làm tiếp sau{skip}."
OR_SKIP = "; bỏ câu này thì gõ BOQUA"
BODY = "Mục {short}: tôi trả lời là ‘{typed}’ mà Trợ lý chưa ghi được. Nhờ hướng dẫn giúp."
BODY_WITHOUT = "Mục {short}: tôi chưa biết trả lời thế nào. Nhờ hướng dẫn giúp."
REQUIRED_AGAIN = "Câu này không bỏ qua được. Chưa có số liệu thì {dc} gõ DESAU để làm tiếp lúc khác; cần người giúp thì gõ HOTRO."
LINE = "{n} {label}"
SAME_AS = "Như tháng trước: {value}"
NOTHING = "0 – không có"
TODAY = "Hôm nay"
YESTERDAY = "Hôm qua"
HELP_PERSON = (
    "{Dc} gõ HOTRO, tôi chuyển câu này tới cán bộ công đoàn cấp trên để hướng dẫn. Chưa tiện thì gõ DESAU."
)
HELP_AGAIN = "Câu dưới đây trả lời ngắn thôi, ví dụ {example}. Cần người giúp ngay thì {dc} gõ HOTRO."

# ── nothing is being asked ──────────────────────────────────────────────────────────────────────────

THANKS = "Vâng, cảm ơn {ten}."
NOTED = "Vâng."
NOTED_OWED = "Vâng. Khi tiện, {dc} gõ BATDAU để báo cáo tháng {period}."
NOTED_BEGUN = "Vâng. Khi tiện, {dc} gõ TIEPTUC để làm tiếp."
GREETED_BEGUN = "Chào {ten}. {Dc} có bản nháp đang làm dở, gõ TIEPTUC để làm tiếp; cần hỏi thì gõ HOTRO."
PROMISED = "Vâng. Khi tiện, {dc} gõ BATDAU; muốn tôi nhắc lại ngày làm việc sau thì gõ NHACSAU."
DUE = "Hạn nộp báo cáo tháng {period}: hết ngày {due}. {Dc} gõ BATDAU để báo cáo."
DUE_SENT = "Hạn nộp báo cáo tháng {period}: hết ngày {due}. Báo cáo của {dc} đã nộp rồi."
WHO_SEES = "Báo cáo do cán bộ công đoàn cấp trên và Ban CSPL&QHLĐ xem. Lãnh đạo chỉ nhận số tổng hợp."
WHO = (
    "Tôi là Trợ lý báo cáo Công đoàn, trả lời tự động; tôi không hỏi mật khẩu, không thu tiền. "
    "{Dc} gõ BATDAU để báo cáo, HOTRO để gặp cán bộ."
)
CORRECTION_NOT_SENT = (
    "Báo cáo trước đã nộp, mã {code}; phần đang sửa thì CHƯA nộp, xong thì {dc} gõ GUI. {left}"
)
CORRECTION_UNREAD = "Báo cáo trước đã nộp, mã {code}; phần đang sửa thì CHƯA nộp. {Dc} gõ GUI để nộp phần sửa, HUY để bỏ phần sửa."
NOT_CORRECTED = "Tôi chưa sửa gì theo tin vừa rồi. {Dc} gõ SUA, số mục và số mới, ví dụ SUA 2 thành 40; gõ GUI thì mới nộp."
SENT_AT = "Báo cáo tháng {period} của {unit} ĐÃ nộp lúc {at}, mã {code}. {Dc} gõ XEMLAI để xem lại, BIENNHAN để lấy biên nhận."
NOT_RECEIVED_BEGUN = "Báo cáo tháng {period} của {unit} CHƯA nộp, bản nháp vẫn còn. {Dc} gõ TIEPTUC để làm tiếp, đủ các câu thì gõ GUI để nộp."
NOT_RECEIVED = "Tôi chưa nhận được báo cáo tháng {period} của {unit}. {Dc} gõ BATDAU để báo cáo."
ASKED_OUTSIDE = (
    "Câu này tôi chưa trả lời được. {Dc} gõ HOTRO, tôi chuyển ngay câu vừa hỏi tới cán bộ công đoàn cấp trên."
)
COMPLAINT = "Xin lỗi đã làm phiền {dc}. Cần người giúp thì gõ HOTRO, tôi chuyển ngay câu vừa gõ tới cán bộ công đoàn cấp trên."
COMPLAINT_OWED = "Xin lỗi đã làm phiền {dc}. Tháng này không có gì thì gõ “tháng này không phát sinh” cho nhanh; cần người giúp thì gõ HOTRO."
PASTED = (
    "Tôi chưa ghi gì từ tin dài vừa gửi, vì tôi hỏi từng câu rồi mới ghi. {Dc} gõ BATDAU để trả lời từng câu."
)
PASTED_SENT = "Tôi chưa ghi gì từ tin dài vừa gửi; báo cáo đã nộp giữ nguyên. {Dc} gõ XEMLAI để xem, SUA và số mục để sửa."
FIGURES = (
    "Tôi chưa ghi số liệu trong tin vừa rồi, vì tôi hỏi từng câu rồi mới ghi. {Dc} gõ BATDAU để bắt đầu."
)
UNCLEAR_AGAIN = "Tôi chưa rõ ý {dc}. Gõ BATDAU để báo cáo tháng, hoặc gõ HOTRO, tôi chuyển ngay câu vừa gõ tới cán bộ công đoàn cấp trên."
UNCLEAR_SENT = "Tôi chưa rõ ý {dc}. Gõ XEMLAI để xem báo cáo đã nộp, hoặc gõ HOTRO, tôi chuyển ngay câu vừa gõ tới cán bộ công đoàn cấp trên."
FILE_OUTSIDE = (
    "Tôi chỉ đọc được chữ và số. {Dc} gõ BATDAU để báo cáo tháng, HOTRO để hỏi cán bộ công đoàn cấp trên."
)
QUIET = "Không phát sinh"
REMIND = "Nhắc sau"
