"""The words of which Vietnamese numbers are made, typed with marks or without."""

from __future__ import annotations

from handlers.engine.vietnamese import lexicon

DIGITS = lexicon(
    {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9}
)
# Said only after tens: hai mươi mốt, hai tư, bốn lăm.
AFTER_TENS = lexicon({"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5})
MAGNITUDES = lexicon({
    "nghìn": 10**3, "ngàn": 10**3, "nghin": 10**3, "k": 10**3,
    "triệu": 10**6, "trịu": 10**6, "tr": 10**6, "m": 10**6, "củ": 10**6, "trđ": 10**6, "triệuđ": 10**6,
    "tỷ": 10**9, "tỉ": 10**9, "tỷđ": 10**9,
})  # fmt: skip
# They may stand without a number before them: "triệu rưỡi".
BARE = frozenset({"nghìn", "ngàn", "triệu", "củ", "tỷ", "tỉ"})
# Without marks these are as often another word: nam, sau, tạm, bay.
DOUBTFUL = frozenset({"nam", "sau", "tam", "bay"})

ALONE = lexicon(dict.fromkeys(BARE, 1))
ZERO = lexicon({"không": 0})
HUNDRED = lexicon({"trăm": 100})
TENS = lexicon({"mươi": 10, "chục": 10})
TEN = lexicon({"mười": 10})
# Hăm lăm, băm mốt: short for hai mươi, ba mươi; never alone.
SHORT_TENS = {"hăm": 20, "ham": 20, "băm": 30}
ODD = lexicon({"linh": 0, "lẻ": 0}) | {"le4": 0}
HALF = lexicon({"rưỡi": 0, "rưởi": 0, "rươi": 0, "rười": 0, "rượi": 0})
HALVED = lexicon({"nửa": 0})
DOZEN = lexicon({"chục": 10})
CURRENCY = lexicon({"đồng": 1, "đ": 1})
FIGURES = frozenset("123456789")
