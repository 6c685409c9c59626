"""What is said before answers go because their option is taken out."""

from __future__ import annotations

DROPS = "Bỏ “{out}” thì các câu trả lời này cũng bỏ: {lost}. Trả lời CÓ để bỏ, KHÔNG để giữ."
ONLY = "Chỉ ghi “{value}”, bỏ “{out}”? Trả lời CÓ để bỏ, KHÔNG để giữ cả các mục đang ghi."
LOST = "{short} ({value})"
MORE = "{lost}; và {n} câu khác"
YES = "Có, bỏ"
NO = "Không, giữ"
