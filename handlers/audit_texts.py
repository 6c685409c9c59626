"""Words for the audit: what was done, to what, and how values are read."""

from __future__ import annotations

# ── who, and from where ─────────────────────────────────────────────────────────────────────────────

PROGRAM = "Trợ lý (tự động)"
OPERATOR = "Người vận hành máy chủ"
SOMEBODY = "Một tài khoản"
CHANNELS = {
    "telegram": "Telegram",
    "zalo": "Zalo",
    "web": "trang chat",
    "job": "",
    "command": "lệnh trên máy chủ",
}

# ── lines ───────────────────────────────────────────────────────────────────────────────────────────

LINE = "{at} · {who} · {what}{subject}{changes}{reason}"
REASON = " (lý do: {reason})"
CHANGED = "{field}: {old} → {new}"
ADDED = "{field}: {new}"
HELD = "{field}: {old}"
HEADING = "Nhật ký thay đổi{scope}, mới nhất trước:"
SCOPE = " của {unit} và các đơn vị trực thuộc"
NONE = "Chưa có thay đổi nào được ghi{scope}."
END = "Hết."
MORE = "Xem tiếp"
NO_SUCH_UNIT = "Tôi chưa thấy đơn vị nào có mã {code}. {Dc} kiểm tra lại mã, ví dụ: nhật ký NB-HLU-01."
NO_SUCH_PERSON = "Không có ai tên {name} trong danh sách."
NO_SUCH_DAY = "Chưa đọc được ngày {day}; viết như 01/11/2026."
UNKNOWN_FORMAT = "Chưa có định dạng {format}. Chọn một trong: text, csv, json."
UNKNOWN_UNIT = "Không có đơn vị nào có mã {code}."
COLUMNS = ("Lúc", "Ai", "Từ đâu", "Việc", "Về", "Đơn vị", "Trước", "Sau", "Lý do")

# ── what was done: (act, about) where the table matters, else the act alone ─────────────────────────

ACTS = {
    # reports
    "submit": "nộp báo cáo",
    "correct_report": "nộp lại báo cáo đã sửa",
    "auto_accept": "tự chấp nhận, sau 2 ngày làm việc, báo cáo",
    "accept": "chấp nhận báo cáo",
    "return": "đề nghị xem lại báo cáo",
    "enter_behalf": "nhập hộ báo cáo của đơn vị",
    "take_over": "nhập hộ tiếp từ bản nháp của đơn vị",
    "give_back": "trả bản nháp lại cho đơn vị",
    "reclaim": "tự nhập tiếp báo cáo đang được nhập hộ",
    "lock": "khóa số liệu kỳ",
    "unlock": "mở khóa số liệu kỳ",
    "publish": "xuất bản biểu mẫu",
    "stop_reminders": "xin ngừng nhắc kỳ",
    # accounts and consent
    "invite": "cấp mã mời",
    "join": "tham gia bằng tài khoản",
    "undo": "gỡ tài khoản",
    "agree": "đồng ý với văn bản về dữ liệu",
    "disagree": "không đồng ý với văn bản về dữ liệu",
    "withdraw": "rút lại đồng ý",
    "group_yes": "cho nhóm nhận bản tin",
    "group_no": "không dùng nhóm",
    # people and posts
    "add": "thêm",
    "change": "sửa",
    "remove": "bỏ",
    "assign": "giao chức trách",
    "end_post": "kết thúc chức trách",
    "hand_over": "bàn giao chức trách",
    "correct": "sửa thông tin",
    # units
    "move": "chuyển đơn vị cấp trên",
    "rename": "đổi tên đơn vị",
    "merge": "sáp nhập đơn vị",
    "split": "tách đơn vị",
    "dissolve": "giải thể đơn vị",
    "import": "nạp danh sách",
    # the bot itself
    "pause": "tạm dừng nhắc việc",
    "unpause": "cho nhắc việc trở lại",
    "answer_help": "trả lời câu hỏi hỗ trợ",
    # personal data
    "request": "yêu cầu về dữ liệu cá nhân",
    "take_back": "rút lại yêu cầu về dữ liệu cá nhân",
    "approve": "đồng ý thực hiện yêu cầu về dữ liệu cá nhân",
    "refuse": "từ chối yêu cầu về dữ liệu cá nhân",
    "extend": "gia hạn yêu cầu về dữ liệu cá nhân",
    "erase": "xóa dữ liệu cá nhân",
    "export": "xuất dữ liệu cá nhân",
    # the machine
    "restore": "phục hồi toàn bộ dữ liệu từ bản sao lưu",
}
"""Words for every `act` that the program records; a test sees that none is missing."""
ACTS_ON = {
    ("export", "database"): "xuất toàn bộ số liệu ra tệp",
    ("add", "person"): "thêm người",
    ("add", "unit"): "thêm đơn vị",
    ("change", "person"): "sửa thông tin người",
    ("change", "unit"): "sửa thông tin đơn vị",
    ("change", "opening_figure"): "sửa số liệu đầu kỳ",
    ("import", "unit"): "nạp danh sách đơn vị",
    ("import", "person"): "nạp danh sách cán bộ",
}
OTHER_ACT = "thay đổi ({act})"
OF_PERSON, TO_PERSON, NAMED = " của {name}", " cho {name}", " {name}"
TO = ("assign", "invite", "hand_over")
"""Acts that are done to somebody."""
ADDED_PERSON = ("add",)
"""Acts whose object is the person."""
HIDDEN = ("person_id", "unit_id", "reason", "account")
"""What stands in the same line already, the numbers by name."""
UNITS = ("parent_id", "old_id", "new_id")
"""Values that are numbers of units."""
PEOPLE = ("person", "contact", "assignment", "data_request")
"""Tables whose rows are somebody."""
AT_UNIT = " tại {unit}"

# ── values ──────────────────────────────────────────────────────────────────────────────────────────

FIELDS = {
    "name": "tên", "short_name": "tên ngắn", "phone": "điện thoại", "address_form": "xưng hô", "role": "chức trách",
    "title": "chức danh", "valid_from": "từ ngày", "valid_to": "đến hết ngày", "parent_id": "cấp trên",
    "parent": "cấp trên", "unit": "đơn vị", "kind": "loại", "code": "mã", "state": "trạng thái", "period": "kỳ",
    "due_day": "ngày hạn", "reports_from": "báo cáo từ", "version": "phiên bản", "accepted": "báo cáo được chấp nhận",
    "accounts": "số tài khoản", "late": "sau hạn", "done_by": "xong trước hết ngày", "channel": "kênh",
    "person": "người", "group": "nhóm", "source": "nguồn", "full_time": "chuyên trách", "on": "từ ngày",
    "hoat_dong_thang": "Nội dung trong tháng", "vuong_mac_nd": "Vướng mắc", "noi_dung_noi_bat": "Nội dung nổi bật",
    "tu_danh_gia": "Tự đánh giá", "industry_type": "loại hình", "valid_until": "đến hết ngày",
    "people": "cán bộ", "at": "tạm dừng từ lúc",
    "taken_at": "sao lưu lúc", "stopped_at": "máy cũ dừng lúc", "restored_at": "phục hồi lúc", "month": "tháng",
    "old_id": "từ đơn vị", "new_id": "sang đơn vị", "form": "dạng tệp", "phones": "có số điện thoại",
}  # fmt: skip
VALUES = {
    "dong_chi": "đồng chí", "anh_chi": "anh/chị", "True": "có", "False": "không", "None": "không có", "": "trống",
    "phone": "điện thoại", "paper": "văn bản giấy", "leaders": "nhận bản tin", "group": "không nhận bản tin",
    "telegram": "Telegram", "zalo": "Zalo", "web": "trang chat",
    "erase": "xóa dữ liệu", "export": "xuất dữ liệu", "withdraw": "rút đồng ý", "correct": "sửa thông tin",
    "rename": "đổi tên", "transfer": "chuyển cấp trên", "divide": "chia tách",
    "dissolve": "giải thể", "merge": "sáp nhập", "split": "tách", "cdcs": "CĐCS", "nghiep_doan": "nghiệp đoàn",
    "cap_tren": "công đoàn cấp trên", "tinh": "cấp tỉnh", "doanh_nghiep": "doanh nghiệp", "co_quan": "cơ quan",
    "truong_hoc": "trường học", "benh_vien": "bệnh viện",
}  # fmt: skip
ROLES = {
    "bao_cao_vien": "người nhập báo cáo",
    "chu_tich_cdcs": "Chủ tịch CĐCS",
    "doan_vien": "đoàn viên",
    "to_ho_tro": "tổ hỗ trợ sáng kiến",
    "hoi_dong_sk": "thư ký hội đồng sáng kiến",
    "chuyen_vien_ttcs": "chuyên viên công đoàn cấp trên",
    "lanh_dao_ttcs": "lãnh đạo công đoàn cấp trên",
    "ban_csplqhld": "Ban CSPL&QHLĐ",
    "ban_tuyen_giao": "Ban Tuyên giáo",
    "thuong_truc": "Thường trực",
    "van_thu": "văn thư",
    "quan_tri": "quản trị",
}
PERIOD_NAMED = " tháng {period}"
WORDS_CHANGED = "đã đổi nội dung"
WORDS_ADDED = "đã ghi"
NOT_YET = "chưa đến lượt"
SO_MANY = "{n} người"
