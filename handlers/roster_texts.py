"""Every sentence about the roster: its sheets, its guide, what is wrong in a file, what an import will change."""

from __future__ import annotations

from handlers.rights_texts import ROLE_NAMES

# ── sheets, columns, choices ────────────────────────────────────────────────────────────────────────

GUIDE_SHEET = "Hướng dẫn"
SHEETS = {"units": "Đơn vị", "people": "Cán bộ", "acts": "Biến động"}
MISTAKES = "Cần sửa"
FIGURE = "{question} (đầu kỳ)"
HEADERS: dict[str, dict[str, str]] = {
    "units": {
        "code": "Mã đơn vị",
        "name": "Tên đơn vị",
        "short_name": "Tên gọi ngắn",
        "kind": "Cấp",
        "industry_type": "Loại hình",
        "parent": "Mã cấp trên",
        "valid_from": "Có từ ngày",
        "reports_from": "Báo cáo từ tháng",
        "due_day": "Hạn nộp ngày",
        "since": "Thay đổi từ ngày",
        "reason": "Theo văn bản",
    },
    "people": {
        "name": "Họ và tên",
        "phone": "Số điện thoại",
        "unit": "Mã đơn vị",
        "role": "Vai trò",
        "title": "Chức danh",
        "full_time": "Chuyên trách",
        "from": "Từ ngày",
        "to": "Đến ngày",
    },
    "acts": {
        "on": "Ngày hiệu lực",
        "act": "Việc",
        "old": "Mã đơn vị cũ",
        "new": "Mã đơn vị mới",
        "reason": "Theo văn bản",
    },
}
KINDS = {
    "tinh": "Liên đoàn Lao động tỉnh",
    "cap_tren": "Công đoàn cấp trên",
    "cdcs": "Công đoàn cơ sở",
    "nghiep_doan": "Nghiệp đoàn cơ sở",
}
INDUSTRIES = {
    "doanh_nghiep": "Doanh nghiệp",
    "co_quan": "Cơ quan",
    "truong_hoc": "Trường học",
    "benh_vien": "Bệnh viện",
}
ROLES = {
    role: ROLE_NAMES[role]
    for role in (
        "bao_cao_vien", "chu_tich_cdcs", "to_ho_tro", "hoi_dong_sk", "doan_vien", "chuyen_vien_ttcs",
        "lanh_dao_ttcs", "ban_csplqhld", "ban_tuyen_giao", "thuong_truc", "van_thu", "quan_tri",
    )
}  # fmt: skip
FLAGS = {"co": "Có", "khong": "Không"}
ACTS = {
    "merge": "Sáp nhập",
    "split": "Tách (đơn vị cũ còn)",
    "divide": "Chia (đơn vị cũ hết)",
    "dissolve": "Giải thể",
}
NOT_YET = "chưa"
COMMON = "chung"

# ── the guide ───────────────────────────────────────────────────────────────────────────────────────

GUIDE_TITLE = "DANH SÁCH ĐƠN VỊ VÀ CÁN BỘ CÔNG ĐOÀN"
GUIDE_STEPS = (
    "1. Ghi đơn vị vào trang “Đơn vị”, cán bộ vào trang “Cán bộ”; trang “Biến động” chỉ dùng khi có sáp nhập, chia, tách, giải thể.",
    "2. Lưu tệp dạng xlsx rồi gửi cho Trợ lý trong chat, hoặc chạy: congdoan roster import TEN-TEP.xlsx",
    "3. Trợ lý xem trước và nói sẽ thay đổi gì; chưa ghi gì cho đến khi đồng ý. Có dòng sai thì cả tệp chưa được ghi, và tệp gửi lại có cột “Cần sửa” nói rõ từng dòng.",
    "4. Gửi lại cùng một tệp nhiều lần cũng không sao: chỉ phần khác với hệ thống mới được ghi.",
)
GUIDE_RULES_TITLE = "Quy tắc chung"
GUIDE_RULES = (
    "Ô để trống ở đơn vị, cán bộ đã có: giữ nguyên như hệ thống. Đơn vị, cán bộ không có trong tệp: giữ nguyên, không bị xóa.",
    "Ngày ghi kiểu ngày/tháng/năm, ví dụ 01/07/2026. Tháng ghi kiểu 11/2026.",
    "Đổi tên đơn vị hoặc đổi cấp trên: sửa ngay trên dòng của đơn vị và ghi ngày bắt đầu vào cột “Thay đổi từ ngày”. Số liệu trước ngày đó giữ theo tên và cấp trên cũ.",
    "Một người giữ nhiều việc hoặc ở nhiều đơn vị: mỗi việc một dòng, ghi cùng họ tên và cùng số điện thoại.",
    "Thôi giữ việc: ghi ngày cuối cùng vào cột “Đến ngày”. Xóa dòng khỏi tệp không làm mất chức trách.",
    "Không đổi tên các trang và tên các cột; có thể đổi thứ tự cột, ẩn cột, thêm cột riêng (cột riêng được bỏ qua).",
)
GUIDE_COLUMNS = ("Trang", "Cột", "Bắt buộc", "Cách ghi", "Ví dụ")
REQUIRED, REQUIRED_NEW, OPTIONAL = "Có", "Đơn vị mới", "Không"
NOTES: dict[str, tuple[str, str, str]] = {
    "units.code": (REQUIRED, "Mã riêng của đơn vị, không dấu cách, không đổi về sau.", "NB-HLU-01"),
    "units.name": (REQUIRED_NEW, "Tên đầy đủ theo quyết định.", "CĐCS Công ty TNHH May Sao Khuê"),
    "units.short_name": (OPTIONAL, "Tên dùng trong tin nhắn; để trống thì dùng tên đầy đủ.", "CĐCS May Sao Khuê"),
    "units.kind": (REQUIRED_NEW, "Chọn trong danh sách.", "Công đoàn cơ sở"),
    "units.industry_type": (OPTIONAL, "Chọn trong danh sách; doanh nghiệp được hỏi thêm góc xưởng, nhà trọ.", "Doanh nghiệp"),
    "units.parent": (REQUIRED_NEW, "Mã của đơn vị cấp trên trực tiếp; chỉ cấp tỉnh để trống.", "NB-HLU"),
    "units.valid_from": (OPTIONAL, "Ngày thành lập; để trống: từ ngày 01 tháng này. Chỉ dùng cho đơn vị mới.", "01/07/2025"),
    "units.reports_from": (OPTIONAL, "Tháng đầu tiên phải báo cáo; ghi “chưa” nếu chưa đến lượt; để trống: từ khi có đơn vị.", "11/2026"),
    "units.due_day": (OPTIONAL, "Hạn riêng trong tháng, từ 1 đến 31; ghi “chung” để trở lại hạn chung.", "18"),
    "units.figure:": (OPTIONAL, "Số có trước báo cáo đầu tiên, để trả lời được “như cũ”.", "12"),
    "units.since": (OPTIONAL, "Bắt buộc khi sửa tên hoặc mã cấp trên của đơn vị đã có.", "01/12/2026"),
    "units.reason": (OPTIONAL, "Số, ngày văn bản của thay đổi.", "QĐ 12/QĐ-LĐLĐ"),
    "people.name": (REQUIRED, "Họ và tên đầy đủ, có dấu.", "Trần Thị Lan"),
    "people.phone": (OPTIONAL, "Nên có: nhận ra người khi tham gia và khi gửi lại tệp. Nhiều số cách nhau dấu chấm phẩy.", "0912 345 678"),
    "people.unit": (REQUIRED, "Mã đơn vị có trong trang “Đơn vị” hoặc trong hệ thống.", "NB-HLU-01"),
    "people.role": (REQUIRED, "Chọn trong danh sách; quyết định người đó được làm gì, xem gì.", "Người nhập báo cáo"),
    "people.title": (OPTIONAL, "Chức danh trong công đoàn.", "Phó Chủ tịch"),
    "people.full_time": (OPTIONAL, "Có hoặc Không: cán bộ công đoàn chuyên trách.", "Không"),
    "people.from": (OPTIONAL, "Ngày bắt đầu; để trống: từ ngày 01 tháng này.", "01/11/2026"),
    "people.to": (OPTIONAL, "Ngày cuối cùng còn giữ việc.", "31/12/2026"),
    "acts.on": (REQUIRED, "Ngày đầu tiên theo tổ chức mới.", "01/01/2027"),
    "acts.act": (REQUIRED, "Chọn trong danh sách; đổi tên, đổi cấp trên thì sửa ở trang “Đơn vị”.", "Sáp nhập"),
    "acts.old": (REQUIRED, "Đơn vị được sáp nhập, chia, tách, giải thể.", "NB-HLU-02"),
    "acts.new": (OPTIONAL, "Đơn vị tiếp nhận; chia, tách ra mấy đơn vị thì ghi mấy dòng. Giải thể: nơi nhận các đơn vị trực thuộc, nếu có.", "NB-HLU-01"),
    "acts.reason": (OPTIONAL, "Số, ngày văn bản.", "QĐ 15/QĐ-LĐLĐ"),
}  # fmt: skip
OPTIONS = " Một trong: {options}."
GUIDE_EXAMPLE = "Ví dụ (chỉ để xem, không được nhập)"
GUIDE_EXAMPLES: dict[str, tuple[dict[str, str], ...]] = {
    "units": (
        {"code": "NB", "name": "Liên đoàn Lao động tỉnh Ninh Bình", "kind": "Liên đoàn Lao động tỉnh", "valid_from": "01/07/2025"},
        {"code": "NB-HLU", "name": "Công đoàn phường Hoa Lư", "kind": "Công đoàn cấp trên", "parent": "NB", "valid_from": "01/07/2025"},
        {"code": "NB-HLU-01", "name": "CĐCS Công ty TNHH May Sao Khuê", "kind": "Công đoàn cơ sở", "industry_type": "Doanh nghiệp", "parent": "NB-HLU", "reports_from": "11/2026"},
    ),
    "people": (
        {"name": "Trần Thị Lan", "phone": "0912 345 678", "unit": "NB-HLU-01", "role": "Người nhập báo cáo", "title": "Phó Chủ tịch", "full_time": "Không"},
        {"name": "Hoàng Thu Chi", "phone": "0987 654 321", "unit": "NB-HLU", "role": "Chuyên viên cấp trên", "full_time": "Có"},
    ),
}  # fmt: skip
PICK = "Xin chọn trong danh sách."
PICK_TITLE = "Chưa đúng danh sách"

# ── a file that is not taken at all ─────────────────────────────────────────────────────────────────

NOT_XLSX = "Tệp này không phải là tệp Excel xlsx đọc được. Hãy mở bằng Excel, chọn Lưu thành, kiểu xlsx, rồi gửi lại."
ENCRYPTED = "Tệp này có mật khẩu hoặc là kiểu xls cũ. Hãy bỏ mật khẩu, lưu thành kiểu xlsx rồi gửi lại."
TOO_LARGE = "Tệp lớn hơn {limit} MB. Hãy chỉ giữ các trang của mẫu danh sách, hoặc chia thành nhiều tệp."
BOMB = "Tệp này khi mở ra lớn bất thường nên không được đọc. Hãy chép dữ liệu sang mẫu mới rồi gửi lại."
MACROS = "Tệp này có macro nên không được đọc. Hãy lưu thành kiểu xlsx (không có macro) rồi gửi lại."
UNSAFE = "Tệp này có phần không an toàn nên không được đọc. Hãy chép dữ liệu sang mẫu mới rồi gửi lại."
TOO_MANY_SHEETS = "Tệp có hơn {limit} trang tính. Hãy chỉ giữ các trang của mẫu danh sách."
TOO_MANY_ROWS = "Trang “{sheet}” có hơn {limit} dòng. Hãy chia thành nhiều tệp."
NO_SHEET = "Tệp không có trang “Đơn vị” hay “Cán bộ”. Hãy dùng mẫu của lệnh: congdoan roster template"
RENAMED_SHEET = "Trang “{title}” có các cột của trang “{sheet}” nhưng mang tên khác. Hãy đổi tên trang thành “{sheet}”, hoặc bỏ trang này."
TWO_SHEETS = "Tệp có hai trang cùng tên “{sheet}”. Hãy giữ một trang."
NO_ROWS = "Tệp không có dòng nào để nhập: hãy ghi vào trang “Đơn vị”, “Cán bộ” rồi gửi lại."
NO_HEADER = "Trang “{sheet}” không có dòng tên cột như trong mẫu. Hãy chép dữ liệu sang mẫu mới."
NO_COLUMN = "Trang “{sheet}” thiếu cột “{column}”. Hãy thêm cột này như trong mẫu."
TWO_COLUMNS = "Trang “{sheet}” có hai cột “{column}”. Hãy giữ một cột."

# ── a cell that cannot be read ──────────────────────────────────────────────────────────────────────

FORMULA_FAULT = "Ô “{column}” đang báo lỗi công thức ({typed}); hãy ghi giá trị vào ô."
NO_TEXT = "Ô “{column}” ghi “{typed}” không phải là chữ; hãy ghi lại."
TOO_LONG = "Ô “{column}” dài hơn {limit} ký tự; hãy ghi gọn lại."
BAD_CODE = (
    "Mã “{typed}” chưa đúng; mã chỉ gồm chữ, số và dấu gạch, chấm, không quá {limit} ký tự, ví dụ NB-HLU-01."
)
BAD_DATE = "Ô “{column}” ghi “{typed}” không phải là ngày; hãy ghi kiểu ngày/tháng/năm, ví dụ 01/07/2026."
FAR_DATE = "Ngày {typed} ở ô “{column}” ngoài khoảng từ năm 1945 đến năm 2100; hãy xem lại năm."
BAD_MONTH = "Ô “{column}” ghi “{typed}” không phải là tháng; hãy ghi kiểu 11/2026, hoặc “chưa”."
BAD_CHOICE = "Ô “{column}” ghi “{typed}” không có trong danh sách; hãy chọn một trong: {options}."
BAD_DAY = "Ô “{column}” ghi “{typed}”; hãy ghi một ngày từ 1 đến 31, hoặc “chung”."
BAD_NUMBER = "Ô “{column}” ghi “{typed}” không phải là số nguyên; hãy ghi số, ví dụ 125."
BAD_FIGURE = "Ô “{column}” ghi {typed}. {why}"
BAD_PHONE = "Số điện thoại “{typed}” chưa đúng; hãy ghi đủ 10 số, ví dụ 0912 345 678."

# ── units ───────────────────────────────────────────────────────────────────────────────────────────

MISSING = "Thiếu “{column}”; hãy ghi vào ô này."
TWICE = "Mã {code} đã có ở dòng {row}; mỗi đơn vị chỉ ghi một dòng."
NEW_NEEDS = "Đơn vị mới {code} thiếu “{column}”; hãy ghi vào ô này. Nếu đơn vị đã có, hãy xem lại mã."
NO_PARENT = "Không có đơn vị nào mang mã cấp trên {code}; hãy sửa mã, hoặc thêm dòng cho đơn vị đó."
PARENT_ENDED = "Đơn vị cấp trên {code} đã kết thúc từ {on}; hãy ghi mã đơn vị đang hoạt động."
PARENT_LATER = "Đơn vị cấp trên {code} chỉ có từ ngày {on}; hãy ghi “{column}” từ ngày đó trở đi{earlier}."
PARENT_EARLIER = ", hoặc ghi “{column}” của {code} (dòng {row}) là {on} hay sớm hơn"
PARENT_IS_CELL = (
    "Đơn vị {code} là cơ sở nên không đứng trên đơn vị khác được; hãy ghi mã của đơn vị cấp trên."
)
CIRCLE = "Mã cấp trên tạo thành vòng: {way}; hãy sửa mã cấp trên của một trong các đơn vị này."
TOP_HAS_PARENT = "Cấp tỉnh không có cấp trên; hãy để trống “Mã cấp trên”, hoặc chọn lại “Cấp”."
SECOND_TOP = "Đã có đơn vị cấp tỉnh là {code}; mỗi hệ thống chỉ có một. Hãy chọn lại “Cấp”."
KIND_OF_TOP = "Không đổi được cấp của đơn vị {code} thành hoặc từ cấp tỉnh; hãy để như cũ: {kind}."
KIND_OF_REPORTER = "Đơn vị {code} đã nộp báo cáo nên không đổi được cấp; hãy để như cũ: {kind}. Nếu là đơn vị khác, hãy dùng mã mới."
KIND_OF_SUPERIOR = "Đơn vị {code} còn đơn vị trực thuộc ({below}) nên không thành cơ sở được; hãy chuyển các đơn vị đó trước."
OWES_LATER = "Những tháng trước “Báo cáo từ tháng” mới không còn tính {code} là phải báo cáo, kể cả tháng đã chốt; báo cáo đã nộp vẫn được tính."
OWES_EARLIER = "Những tháng từ “Báo cáo từ tháng” mới sẽ tính {code} là phải báo cáo, kể cả tháng đã chốt."
OTHER_START = "Đơn vị {code} đã có từ ngày {on}; hãy để nguyên ngày này hoặc để trống."
ENDED = "Đơn vị {code} đã kết thúc từ {on} nên không sửa được; hãy bỏ dòng này hoặc dùng mã khác."
NEEDS_SINCE = "{what} của {code} khác với hệ thống ({old}); hãy ghi ngày bắt đầu vào “Thay đổi từ ngày”."
WHAT_CHANGES = {"name": "Tên", "parent": "Mã cấp trên"}
STALE_PARENT = "Cấp trên cũ {old} của {code} đã kết thúc; hệ thống giữ cấp trên hiện nay là {new}."

# ── people ──────────────────────────────────────────────────────────────────────────────────────────

NO_UNIT = "Không có đơn vị nào mang mã {code}; hãy sửa mã, hoặc thêm đơn vị vào trang “Đơn vị”."
UNIT_ENDED = "Đơn vị {code} đã kết thúc từ {on}; hãy ghi mã đơn vị đang hoạt động."
WRONG_PLACE = "Vai trò “{role}” không dùng cho cấp “{kind}”; hãy chọn lại vai trò hoặc mã đơn vị."
TWO_NAMES = (
    "Số {phone} ở dòng {row} ghi họ tên “{other}”; một người thì ghi tên giống nhau, hai người thì bỏ bớt số."
)
SAME_NAME = "Trong đơn vị {code} có hơn một người tên {name}; hãy ghi số điện thoại để phân biệt."
SAME_POST = "Dòng này trùng với dòng {row} (cùng người, đơn vị, vai trò); hãy bỏ một dòng."
BACKWARDS = "“Đến ngày” {to} sớm hơn “Từ ngày” {start}; hãy sửa một trong hai ngày."
BEFORE_UNIT = "Đơn vị {code} chỉ có từ ngày {on}; hãy ghi “Từ ngày” từ ngày đó trở đi."
END_OF_NOTHING = "{name} không giữ vai trò này ở {code} trong hệ thống nên không có gì để kết thúc; hãy xem lại, hoặc ghi thêm “Từ ngày”."
SHARED_PHONE = "Số {phone} là của cả {name} và {other}; khi tham gia, mỗi người cần mã mời."
WAS_ERASED = "Người từng giữ vai trò này ở {code} đã yêu cầu xóa dữ liệu cá nhân; nếu {name} là người đó, hãy bỏ dòng này khỏi tệp."
HAS_STOPPED = "{name} đã thôi vai trò này ở {code} từ {on}; hệ thống giữ như vậy. Muốn giao lại, hãy ghi “Từ ngày” sau ngày đó."

# ── acts ────────────────────────────────────────────────────────────────────────────────────────────

ACT_NEEDS_NEW = "Việc “{act}” cần “Mã đơn vị mới”; hãy ghi mã của đơn vị tiếp nhận."
ACT_TO_ITSELF = "Mã cũ và mã mới giống nhau; hãy ghi mã của đơn vị tiếp nhận vào “Mã đơn vị mới”."
ACT_ON_NEW = "Đơn vị {code} chưa có trong hệ thống nên chưa thể {act}; hãy xem lại mã."
ACT_ON_ENDED = "Đơn vị {code} đã kết thúc từ {on}; hãy xem lại mã hoặc bỏ dòng này."

# ── what an import will change ──────────────────────────────────────────────────────────────────────

COUNTS = {
    "add_unit": "đơn vị mới",
    "rename": "đơn vị đổi tên",
    "move": "đơn vị đổi cấp trên",
    "amend_unit": "đơn vị sửa thông tin",
    "figure": "số liệu đầu kỳ",
    "merge": "sáp nhập",
    "split": "tách",
    "divide": "chia",
    "dissolve": "giải thể",
    "add_person": "cán bộ mới",
    "amend_person": "cán bộ sửa thông tin",
    "add_post": "chức trách mới",
    "amend_post": "chức trách sửa",
}
CHANGES = {
    "add_unit": "Đơn vị mới {unit}: {name}{begins}",
    "rename": "{unit} đổi tên từ {on}: “{old}” thành “{new}”",
    "move": "{unit} về {new} từ {on} (đang thuộc {old})",
    "amend_unit": "{unit}: {fields}",
    "figure": "{unit}: {fields}",
    "merge": "{unit} sáp nhập vào {new} từ {on}",
    "split": "{unit} tách ra {new} từ {on}",
    "divide": "{unit} chia thành {new} từ {on}",
    "dissolve": "{unit} giải thể từ {on}",
    "add_person": "Cán bộ mới: {who}",
    "amend_person": "{who}: {fields}",
    "add_post": "{who}: {role} tại {unit} từ {on}",
    "amend_post": "{who}, {role} tại {unit}: {fields}",
}
BEGINS = ", báo cáo từ tháng {month}"
BEGINS_LATER = ", chưa đến lượt báo cáo"
FIELD = "{name} {old} thành {new}"
FIELD_NEW = "{name}: {new}"
BLANK = "trống"
NO_SUPERIOR = "chưa có cấp trên"
NOTHING = "Không có gì khác với hệ thống nên không có gì để ghi."
WILL_CHANGE = "Sẽ thay đổi: {counts}."
HAS_CHANGED = "Đã ghi: {counts}."
SEE_ALL = "Thêm `--all` để in mọi thay đổi."
MORE = "… và {count} thay đổi nữa."
WARNINGS = "Lưu ý:"
PLACE = "{sheet}, dòng {row}: {words}"
MORE_WARNINGS = "… và {count} lưu ý nữa."
KEPT = "{count} chức trách có trong hệ thống mà không có trong tệp được giữ nguyên."
UNKNOWN_COLUMNS = "Cột không có trong mẫu nên được bỏ qua: {columns}."
WRONG = "Tệp còn {count} chỗ cần sửa nên chưa ghi gì."

# ── the command ─────────────────────────────────────────────────────────────────────────────────────

APPLY_TO_WRITE = "Chưa ghi gì; thêm --apply để ghi."
MENDED_IN = "Tệp có cột “Cần sửa”: {file}"
WROTE_TEMPLATE = "Đã ghi mẫu: {file}"
FILE_IS_THERE = "Tệp {file} đã có; hãy ghi tên khác để không mất những gì đã điền trong đó."
NO_FILE = "Không đọc được tệp {file}: {why}."
READING = "Đọc tệp"
WRITING = "Ghi vào hệ thống"

# ── in chat ─────────────────────────────────────────────────────────────────────────────────────────

TAKEN = "Tôi đã nhận tệp {name} và đang xem trước; chưa ghi gì. {Dc} chờ tôi trả lời trong ít phút."
PREPARING = "Tôi đang lập tệp danh sách hiện có để {dc} sửa. Sửa xong, {dc} lưu tệp rồi gửi lại ngay tại đây."
CURRENT = "Đây là danh sách đơn vị và cán bộ hiện có. {Dc} đọc trang Hướng dẫn, sửa tệp rồi gửi lại tại đây; tôi sẽ nói trước sẽ thay đổi gì."
CURRENT_NAME = "danh-sach.xlsx"
SEEN = "Tôi đã xem tệp {name}. {told}"
TO_WRITE = "Chưa ghi gì. {Dc} bấm Ghi vào hệ thống, hoặc gõ GHI DANH SACH."
WRITE = "Ghi vào hệ thống"
TO_MEND = "Tôi gửi lại tệp có cột “Cần sửa” ở từng dòng. {Dc} sửa ngay trong tệp đó rồi gửi lại giúp."
MENDED_NAME = "{stem}-loi.xlsx"
IS_WRITING = "Vâng, tôi đang ghi tệp {name} vào hệ thống; xong tôi báo {dc} ngay."
WRITTEN = "{told} Từ nay báo cáo và quyền truy cập theo danh sách mới."
NO_FILE_YET = (
    "Tôi chưa có danh sách nào của {dc} để ghi. {Dc} gửi tệp Excel theo mẫu, hoặc gõ DANH SACH để nhận mẫu."
)
NOT_FETCHED = "Tôi không tải được tệp {name}. {Dc} gửi lại tệp giúp."
NOT_ANY_MORE = "Tài khoản của {dc} không còn quyền sửa danh sách nên tôi không ghi gì. {Dc} liên hệ công đoàn cấp trên giúp."
REFUSED = "Tôi chưa đọc được tệp {name}. {why}"
