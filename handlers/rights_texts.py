"""What the roles are called."""

from __future__ import annotations

ROLE_NAMES = {
    "ban_csplqhld": "Ban CSPL&QHLĐ",
    "ban_tuyen_giao": "Ban Tuyên giáo",
    "bao_cao_vien": "Người nhập báo cáo",
    "chu_tich_cdcs": "Chủ tịch CĐCS",
    "chuyen_vien_ttcs": "Chuyên viên cấp trên",
    "doan_vien": "Đoàn viên",
    "hoi_dong_sk": "Hội đồng sáng kiến",
    "lanh_dao_ttcs": "Lãnh đạo cấp trên",
    "quan_tri": "Quản trị",
    "thuong_truc": "Thường trực",
    "to_ho_tro": "Tổ hỗ trợ sáng kiến",
    "van_thu": "Văn thư",
}
