"""Every word that readings know, one by one: what is counted, what is said around a number, what is no number.

The lists are what people say, written down apart from the rules, so that a rule that goes missing is noticed.
"""

from __future__ import annotations

import pytest

from handlers.engine.reading import Reading, read
from handlers.engine.vietnamese import fold
from tests.reading_cases import SECTIONS, TODAY


def split(text: str) -> list[str]:
    return [each.strip() for each in text.split("|") if each.strip()]


def spellings(text: str) -> list[str]:
    """With marks and without."""
    return [text, fold(text)] if fold(text) != text else [text]


def reading(kind: str, text: str) -> Reading:
    return read(kind, text, today=TODAY, choices=SECTIONS if kind == "multi" else None, previous=7)


COUNTED = """
    người lao động|lượt người|lượt đoàn viên|lượt cnvclđ|lượt|người|ng|đoàn viên|đv|hội viên|thành viên|cnvclđ|cnvc|
    cnlđ|
    nlđ|công nhân|lao động|cán bộ|cbcnv|giáo viên|gv|nhân viên|viên chức|công chức|cuộc tuyên truyền|cuộc giám sát|
    cuộc đối thoại|cuộc họp|cuộc|đợt|buổi tuyên truyền|buổi|lần|hội nghị|tọa đàm|lớp tập huấn|tập huấn|bài viết|
    bài đăng|
    bài|tin bài|suất quà|suất|phần quà|phần|hoàn cảnh|hộ nghèo|hộ gia đình|hộ|gia đình|cháu|trường hợp|vụ việc|vụ|
    việc|ý tưởng|sáng kiến|sk|ý kiến|kiến nghị|đề xuất|vướng mắc|phản ánh|góc xưởng|góc|khu nhà trọ|khu|nhà trọ|nhà|
    tập thể|cá nhân|gương|mô hình|điển hình|tổ|đề tài|đồng chí|đ/c|công trình|cái|chiếc|giải pháp|nội dung|hoạt động|
    nữ công nhân|người nghèo|người dân|căn nhà|sinh viên
"""


@pytest.mark.parametrize("word", split(COUNTED))
def test_what_is_counted_may_stand_behind_the_number(word: str) -> None:
    for spelt in spellings(word):
        assert reading("int", f"12 {spelt}") == Reading("value", 12), spelt
        assert reading("int", f"mười hai {spelt}").value == 12, spelt
        assert reading("int", f"không có {spelt} nào") == Reading("value", 0), spelt


BEFORE = """
    có|được|đạt|tổng cộng|tổng số|tổng|tất cả|toàn bộ|cả thảy|là|số lượng|số liệu|số là|sl|báo cáo|hoàn thành|hiện có|
    hiện nay|hiện tại|hiện|đang có|chỉ có|vừa có|vừa|gồm|đủ|đã có|chỉ được|vẫn là|vẫn|tháng này|trong tháng này|
    trong tháng|đơn vị em|bên em|công ty em|trường em|cơ quan em|đơn vị|cđcs|công đoàn|chúng tôi|chúng em|em|mình|thì|
    ghi|điền|nhập|đáp án|kết quả|có tổng|có tất cả|ok|vâng
"""
AFTER = """
    tham gia|tham dự|được tuyên truyền|được hỗ trợ|rồi|tất cả|tổng cộng|của đơn vị|ở đơn vị em|trong tháng này|
    trong tháng|tháng này|hiện nay|hiện tại|đang sinh hoạt|thôi|cả thảy
"""


@pytest.mark.parametrize("word", split(BEFORE))
def test_words_before_a_number_that_change_nothing(word: str) -> None:
    for spelt in spellings(word):
        assert reading("int", f"{spelt} 12 người") == Reading("value", 12), spelt


@pytest.mark.parametrize("word", split(AFTER))
def test_words_behind_a_number_that_change_nothing(word: str) -> None:
    for spelt in spellings(word):
        assert reading("int", f"12 người {spelt}") == Reading("value", 12), spelt


ESTIMATES = """
    khoảng|khoảng chừng|khoảng độ|ước|ước tính|ước chừng|ước lượng|ước đạt|xấp xỉ|áng chừng|chắc|chắc là|chắc khoảng|
    chắc có|hình như|hình như là|hình như có|có lẽ|có lẽ là|gần|hơn|trên dưới|trên|chừng|tầm|cỡ|độ|nghe nói
"""


@pytest.mark.parametrize("word", split(ESTIMATES))
def test_an_estimate_is_read_back(word: str) -> None:
    for spelt in spellings(word):
        # "co 12 nguoi" is "có 12 người" at least as often as "cỡ 12 người".
        assert spelt == "co" or reading("int", f"{spelt} 12 người").outcome in {"confirm", "ask"}, spelt
    assert reading("int", f"{word} 12 người").value in {12, None}


OTHERWISE = """
    năm ngoái 12 người|năm trước 12 người|tháng trước 12 người|quý trước 12|tuần trước 12|kỳ trước 12|đợt trước 12|
    hôm qua 12 người|kế hoạch 12 người|dự kiến 12 người|chỉ tiêu 12 người|mục tiêu 12|sắp có 12 người|sẽ có 12 người|
    cùng kỳ 12|lũy kế 12|tăng 12 người|giảm 12 người|thêm 12 người|bớt 12 người|gấp 12|thiếu 12 người|thừa 12 người|
    vượt 12|chênh 12|hụt 12|nhiều hơn 12 người|ít hơn 12 người|dưới 12 người|tối đa 12 người|
    tối thiểu 12 người|ít nhất 12 người|nhiều nhất 12|12 người trở lên|12 người trở xuống|12 người đổ lại|quá 12 người|
    hàng chục người|vài người|mấy người|dăm người|nhiều người|ít người|đôi ba người|một nửa|từng người 12|
    mỗi tổ 12 người|
    bình quân 12 người|trung bình 12 người|12 hay 13|12 hoặc 13|12 người phải không|âm 12|-12|
    đợt 12|lần 12|quý 12|năm 12|tuần 12|ngày 12|lớp 12|khóa 12|nhóm 12|câu 12|mục 12|thứ 12|hạng 12|cấp 12|loại 12|
    khối 12|chương 12|điều 12|đường 12|phòng 12|quyết định 12|văn bản 12|thôn 12|xã 12|phường 12|quận 12|tầng 12|ấp 12|
    12 ngày|12 giờ|12h|12 tháng|12 năm|12 tuần|12 phút|12 tuổi|12 đồng|12đ|12 kg|12 km|12 tấn|12 lít|12%|12 điểm|12 mét|
    không dưới 12|không quá 12|chưa tới 12|chưa đến 12|không biết|chưa biết|không rõ|chưa rõ|không nhớ|không chắc|
    chưa nắm được|chưa xác định|chưa tổng hợp|chưa thống kê|chưa đếm|chưa tính|chưa chốt|chưa có số liệu|
    chưa có thông tin|chưa có kết quả|chưa báo cáo|chưa cập nhật|quên|quên rồi|bó tay|để xem|để hỏi|để hỏi lại|
    để kiểm tra|đang tổng hợp|đang cập nhật|đang thống kê|đang kiểm tra|đang chờ
"""


@pytest.mark.parametrize("text", split(OTHERWISE))
def test_what_is_no_number_of_this_month_is_never_taken(text: str) -> None:
    for spelt in spellings(text):
        assert reading("int", spelt).outcome not in {"value", "carry"}, spelt


SUMS = {
    "15 triệu": 15_000_000, "15 triệu đồng": 15_000_000, "15 trieu dong chan": 15_000_000, "15tr": 15_000_000,
    "15trđ": 15_000_000, "15 triệuđ": 15_000_000, "15 m": 15_000_000, "15 củ": 15_000_000, "500k": 500_000,
    "500 nghìn": 500_000, "500 ngàn": 500_000, "500 nghìn đồng": 500_000, "2 tỷ": 2_000_000_000, "2 tỉ": 2_000_000_000,
    "2tỷđ": 2_000_000_000, "15 triệu tiền quà": 15_000_000, "15 triệu tiền mặt": 15_000_000, "15 triệu rồi": 15_000_000,
    "15 triệu tiền": 15_000_000, "15 triệu vnđ": 15_000_000, "15.000.000 đ": 15_000_000, "15 triệu tất cả": 15_000_000,
    "15 triệu tổng cộng": 15_000_000, "15 triệu tháng này": 15_000_000, "15 triệu trong tháng": 15_000_000,
    "15 triệu tròn": 15_000_000, "15 triệu tiền Việt Nam": 15_000_000, "tổng giá trị 15 triệu": 15_000_000,
    "tổng số tiền 15 triệu": 15_000_000, "số tiền 15 triệu": 15_000_000, "trị giá 15 triệu": 15_000_000,
    "giá trị 15 triệu": 15_000_000, "triệu rưỡi": 1_500_000, "triệu rưởi": 1_500_000, "nửa tỷ": 500_000_000,
    "tỷ rưỡi": 1_500_000_000, "ba chục triệu": 30_000_000, "hai trăm linh năm nghìn": 205_000,
    "hai trăm lẻ năm nghìn": 205_000, "bốn mươi tư triệu": 44_000_000, "bốn mươi mốt triệu": 41_000_000,
    "hai lăm triệu": 25_000_000, "hai nhăm triệu": 25_000_000, "bẩy triệu": 7_000_000,
}  # fmt: skip


@pytest.mark.parametrize("text", SUMS)
def test_sums_of_money(text: str) -> None:
    for spelt in spellings(text):
        found = reading("money", spelt)
        # Without marks some words are another one as well: then it is read back, or asked.
        assert found.value == SUMS[text] if spelt == text else found.value in {SUMS[text], None}, spelt


FOREIGN = """
    $|€|£|usd|usdt|đô la|đô|dollar|euro|eur|yên nhật|yen|jpy|nhân dân tệ|tệ|cny|rmb|won|krw|baht|kíp|rúp|aud|sgd|gbp|
    cây vàng|lượng vàng|chỉ vàng
"""


@pytest.mark.parametrize("word", split(FOREIGN))
def test_another_currency_is_asked_back(word: str) -> None:
    for spelt in spellings(word):
        assert reading("money", f"500 {spelt}").outcome == "ask", spelt


UNCHANGED = """
    như cũ|như trước|như tháng trước|như kỳ trước|như lần trước|như báo cáo trước|y như tháng trước|giống tháng trước|
    giống như tháng trước|bằng tháng trước|y hệt tháng trước|y chang tháng trước|vẫn như cũ|vẫn như tháng trước|
    giữ nguyên|để nguyên|vẫn nguyên|y nguyên|vẫn vậy|vẫn thế|vẫn như vậy|y chang|giữ như cũ|lấy số cũ|số cũ|
    số tháng trước|
    không thay đổi|không đổi|chưa thay đổi|không có gì thay đổi|không có thay đổi gì|không biến động|không có biến động|
    không tăng không giảm|không tăng giảm|không thay đổi so với tháng trước|vẫn như cũ, không thay đổi
"""


@pytest.mark.parametrize("text", split(UNCHANGED))
def test_that_nothing_has_changed_is_last_periods_value(text: str) -> None:
    for spelt in spellings(text):
        assert reading("int", spelt) == Reading("carry", 7), spelt


NOTHING = """
    không|ko|k|kh|hok|hông|hổng|không có|ko có|chưa có|không có gì|không có ai|không phát sinh|chưa phát sinh|
    không có phát sinh|không phát sinh gì|tháng này không có|trong tháng không có|hiện tại chưa có|đơn vị em không có|
    bên em không có ạ|dạ không|không ạ|dạ không có ạ|không có ai tham gia|chưa có ai|zero|0|không hề có|
    tháng này không phát sinh|không phát sinh khoản nào|không có cuộc nào|chưa có người nào
"""


@pytest.mark.parametrize("text", split(NOTHING))
def test_that_there_was_nothing_is_zero(text: str) -> None:
    for spelt in spellings(text):
        assert reading("int", spelt) == Reading("value", 0), spelt


YES = """
    có|có rồi|có chứ|đã có|đã có rồi|rồi|ok|ok rồi|ừ|đúng|đúng rồi|đúng vậy|phải|phải rồi|chính xác|chuẩn|chuẩn rồi|yes|
    vâng|đồng ý|nhất trí|tất nhiên|đương nhiên|chắc chắn|chắc chắn rồi|xong|xong rồi|đã tổ chức|đã thành lập|
    đã triển khai rồi|tổ chức rồi|thực hiện rồi|có tổ chức|dạ có ạ|vâng có|vẫn có|có ạ|đã làm|đã hoàn thành|đã tham gia
"""
NO = """
    không|chưa|không có|chưa có|không ạ|dạ chưa ạ|vẫn chưa|không phải|không đúng|sai|sai rồi|chưa tổ chức|
    chưa thành lập|chưa thực hiện|chưa triển khai|không tổ chức|chưa có gì|không có gì|no|chưa làm|chưa được|
    chưa tham gia|không tham gia|chưa từng|không hề
"""


@pytest.mark.parametrize("text", split(YES))
def test_agreement(text: str) -> None:
    for spelt in spellings(text):
        assert reading("yn", spelt) == Reading("value", True), spelt


@pytest.mark.parametrize("text", split(NO))
def test_denial(text: str) -> None:
    for spelt in spellings(text):
        assert reading("yn", spelt) == Reading("value", False), spelt


NEITHER = """
    có nhưng chưa xong|đang làm|sắp có|chưa xong|chưa hoàn thành|chưa đầy đủ|không hẳn|tùy|có hay không|là sao|
    có không|được không|không biết|chưa rõ|một phần|chưa xong hẳn
"""


@pytest.mark.parametrize("text", split(NEITHER))
def test_what_is_neither_yes_nor_no(text: str) -> None:
    for spelt in spellings(text):
        assert reading("yn", spelt).outcome == "ask", spelt


DAYS = {
    "hôm nay": "2026-11-22", "hôm qua": "2026-11-21", "hqua": "2026-11-21", "hnay": "2026-11-22",
    "sáng nay": "2026-11-22", "trưa nay": "2026-11-22", "chiều nay": "2026-11-22", "tối nay": "2026-11-22",
    "sáng qua": "2026-11-21", "trưa qua": "2026-11-21", "chiều qua": "2026-11-21", "tối qua": "2026-11-21",
    "đêm qua": "2026-11-21", "3 ngày trước": "2026-11-19", "cách đây 3 ngày": "2026-11-19",
    "17/10": "2026-10-17", "17-10": "2026-10-17", "17.10.2026": "2026-10-17", "17/10/26": "2026-10-17",
    "2026-10-17": "2026-10-17", "17 tháng 10": "2026-10-17", "17 thg 10": "2026-10-17", "17 t10": "2026-10-17",
    "ngày 17 tháng 10 năm 2026": "2026-10-17", "vào ngày 17/10": "2026-10-17", "mùng 5/11": "2026-11-05",
    "mồng 5 tháng 11": "2026-11-05", "ngày mười bảy tháng mười": "2026-10-17", "sáng 17/10": "2026-10-17",
    "tổ chức ngày 17/10": "2026-10-17", "phát động ngày 17/10": "2026-10-17", "bắt đầu từ 17/10": "2026-10-17",
    "8h ngày 17/10": "2026-10-17", "lúc 8 giờ 17/10": "2026-10-17", "hôm 17/10": "2026-10-17",
    "mùng bốn tháng mười một": "2026-11-04", "ngày 4 tháng tư": "2026-04-04", "thứ bảy 17/10": "2026-10-17",
}  # fmt: skip


@pytest.mark.parametrize("text", DAYS)
def test_days(text: str) -> None:
    for spelt in spellings(text):
        found = reading("date", spelt)
        value = getattr(found.value, "isoformat", lambda: found.value)()  # noqa: B023
        assert value == DAYS[text] if spelt == text else value in {DAYS[text], None}, (spelt, found)


NO_DAY = """
    rằm tháng bảy|mùng 1 tết|15/8 âm|15/8 âm lịch|23 tháng chạp|10 tháng giêng|ngày mai|ngày kia|mai|tuần sau|tháng sau|
    17 đến 18/10|17/10 và 18/10|17/10 hoặc 18/10|17, 18/10|31/11|29/2|8/25|cuối tháng|đầu tháng|tháng 10|tuần trước|
    giữa tháng|hôm nọ|thứ hai 17/10|5 tháng nhuận 6|17/10/2062|17/10/1999
"""


@pytest.mark.parametrize("text", split(NO_DAY))
def test_what_is_no_day_of_ours_is_never_taken(text: str) -> None:
    for spelt in spellings(text):
        assert reading("date", spelt).outcome != "value", spelt


ALL = "tất cả|toàn bộ|tất|cả|hết|all|đủ cả|có đủ|đủ hết|chọn tất cả|tất cả các mục|tất cả nội dung|cả 7 mục"
CHOSEN = {
    "1 và 3": [1, 3], "1;3": [1, 3], "mục 1, mục 3": [1, 3], "số 1 số 3": [1, 3], "1 với 3": [1, 3],
    "tuyên truyền": [1], "vận động": [1], "sáng kiến": [2], "thi đua": [2], "chăm lo": [4], "an sinh": [4],
    "giám sát": [5], "vướng mắc": [6], "khen thưởng": [7], "điển hình": [7], "xanh sạch đẹp": [3], "atvslđ": [3],
    "không phát sinh": [8], "tuyên truyền, chăm lo": [1, 4], "cái thứ hai": [2], "mục đầu tiên": [1],
    "có tuyên truyền": [1], "chọn mục 4": [4], "gồm 1, 2": [1, 2],
}  # fmt: skip


@pytest.mark.parametrize("text", CHOSEN)
def test_options(text: str) -> None:
    for spelt in spellings(text):
        assert reading("multi", spelt).value == CHOSEN[text], spelt


@pytest.mark.parametrize("text", split(ALL))
def test_all_of_them_are_read_back(text: str) -> None:
    for spelt in spellings(text):
        found = reading("multi", spelt)
        assert found.outcome == "confirm", spelt
        assert found.value == [1, 2, 3, 4, 5, 6, 7], spelt


@pytest.mark.parametrize("text", split("tất cả trừ 6|tất cả ngoài 6|toàn bộ trừ vướng mắc|tất cả bỏ mục 6"))
def test_all_but_one(text: str) -> None:
    for spelt in spellings(text):
        found = reading("multi", spelt)
        assert found.outcome in {"confirm", "ask"}, spelt
        assert found.value in ([1, 2, 3, 4, 5, 7], None), spelt
