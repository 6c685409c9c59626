"""Every sentence about how somebody wants to be spoken to."""

from __future__ import annotations

WHICH = "Xưng hô: 1 {first}, 2 {second}. {Dc} chọn nếu muốn đổi, không thì cứ làm tiếp."
CHOSEN = "Vâng, từ nay tôi xưng hô “{form}” với {ten}. Khi muốn đổi lại, {dc} gõ XUNGHO."
GO_ON = "Câu đang hỏi vẫn chờ; {dc} gõ TIEPTUC để xem lại."
