"""Every sentence of reminders and of a superior's list: short, no blame, with the word to type (DOMAIN 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.engine.spelling import month, weekday
from handlers.texts import RESUME, START, say
from storage.calendar import TZ
from storage.messages import Choice, Reply

OFFICE = "Ban CSPL&QHLĐ"
QUIET = "Tháng này không phát sinh"
NOT_NOW = "Nhắc tôi sau"
FEW = {"10": "5", "11": "5"} | dict.fromkeys(("03", "06", "09", "12"), "4 đến 6")
"""Questions of a quiet month: the fund is asked in October and November, enterprises' stocks at quarter ends."""

ROOM = 1200
"""Characters for a list of units: a message stays under 2,000 with the sentences around it."""

INVITATION = (
    "Kính gửi {ten}, kỳ báo cáo tháng {month} (phong trào thi đua, cuộc vận động) của {unit} đã mở; "
    "hạn: hết {due_day} {due}. Nếu tháng này ít phát sinh, chỉ cần khoảng {few} câu trả lời. Gõ BATDAU để thực hiện."
)
SOON = "{Ten}, {left} báo cáo tháng {month} ({due}). {state} {act}, hoặc NHACSAU nếu {dc} đang bận."
LEFT = "còn {n} ngày làm việc đến hạn"
LEFT_NONE = "sắp đến hạn"
LAST_DAY = "{Ten}, hôm nay là hạn báo cáo tháng {month} (hết ngày {due}). {state} {act}."
LAST_HOURS = (
    "{Ten}, bản nháp báo cáo tháng {month} của {unit} đã xong {done}/{of} mục, hạn: hết hôm nay ({due}). "
    "Gõ TIEPTUC để hoàn thành."
)
LAST_HOURS_FULL = (
    "{Ten}, bản nháp báo cáo tháng {month} của {unit} đã đủ {of}/{of} mục nhưng CHƯA NỘP, hạn: hết hôm nay ({due}). "
    "{act}."
)
OVERDUE = (
    "{Ten}, đến nay {office} chưa nhận được báo cáo tháng {month} của {unit}. {Dc} vẫn gửi được trước khi "
    "khóa số liệu ({lock}). {act}; nếu có khó khăn, gõ HOTRO để cán bộ công đoàn cấp trên liên hệ."
)
OVERDUE_AGAIN = (
    "{Ten}, báo cáo tháng {month} của {unit} chưa có trong số liệu chung; số liệu khóa lúc {lock}. "
    "{act}; nếu có khó khăn, gõ HOTRO để cán bộ công đoàn cấp trên liên hệ."
)
AS_ASKED = "{Ten}, tôi nhắc lại theo yêu cầu: báo cáo tháng {month} của {unit} ({when}). {act}."
STEP_TEXTS = {
    "T-5": INVITATION, "T-2": SOON, "T-0": LAST_DAY, "T-0b": LAST_HOURS, "+1": OVERDUE, "+3": OVERDUE_AGAIN,
}  # fmt: skip

DRAFTED = "Bản nháp của đơn vị đã xong {done}/{of} mục."
FULL = "Bản nháp đã đủ {of}/{of} mục nhưng CHƯA NỘP."
RETURNED = "Báo cáo của {unit} được đề nghị xem lại, chưa nộp lại."
NOTHING = "Tôi chưa nhận được báo cáo của {unit}."
DO_START = "Gõ BATDAU để báo cáo"
DO_RESUME = "Gõ TIEPTUC để hoàn thành"
DO_SUBMIT = "Gõ GUI để xem lại và nộp"

SEVERAL = (
    "{Ten}, {dc} còn {n} báo cáo chưa nộp:\n{units}\n"
    "Gõ BATDAU để báo cáo lần lượt, hoặc NHACSAU nếu {dc} đang bận."
)
SEVERAL_LATE = (
    "{Ten}, đến nay {office} chưa nhận được {n} báo cáo:\n{units}\n"
    "Gõ BATDAU để báo cáo lần lượt; nếu có khó khăn, gõ HOTRO để cán bộ công đoàn cấp trên liên hệ."
)
LIST = (
    "Kính gửi {ten}, đến nay còn {n}/{of} đơn vị chưa nộp báo cáo tháng {month} "
    "(hạn {due}, khóa số liệu {lock}):\n{units}\n"
    "Tôi không nhắc thêm các đơn vị này; mong {dc} liên hệ giúp."
)
LINE_FULL = ", bản nháp đã đủ, CHƯA NỘP"
OWN_DUE = "hạn riêng: hết ngày {due}"
MORE = "và {n} đơn vị khác"


@dataclass(frozen=True, slots=True)
class About:
    """What there is to say about one unit's report; `done` of `of` questions of a draft, 0 of 0 without one."""

    step: str
    unit: str
    key: str
    due_on: date
    closes_at: datetime
    days_left: int
    """Working days after today, the due day included; negative once it is past."""
    state: str | None = None
    done: int = 0
    of: int = 0

    @property
    def drafted(self) -> bool:
        """Whether somebody has begun, or has to go on with what was returned."""
        return self.state is not None

    @property
    def full(self) -> bool:
        """Whether a draft has all its answers, and only has to be handed in."""
        return self.state is not None and 0 < self.of == self.done


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit on a superior's list, who writes its reports, and what the superior ought to know."""

    unit: str
    people: tuple[str, ...] = ()
    note: str = ""
    own_due: date | None = None
    """Its own due date, while that is still to come."""


def reminder(address_form: str, name: str, about: Sequence[About]) -> Reply:
    """One message for all reports that a person is reminded of now."""
    if len(about) == 1:
        return _one(address_form, name, about[0])
    late = all(one.days_left < 0 for one in about)
    units = _fitting([_line(one) for one in about])
    template = SEVERAL_LATE if late else SEVERAL
    text = _said(template, address_form, name, n=len(about), units=units, office=OFFICE)
    return Reply(text, (Choice("do:start", START), Choice("do:later", NOT_NOW)))


def _one(address_form: str, name: str, one: About) -> Reply:
    values = _values(one)
    # Whoever has begun needs no invitation.
    template = SOON if one.step == "T-5" and one.drafted else STEP_TEXTS.get(one.step, AS_ASKED)
    template = LAST_HOURS_FULL if template == LAST_HOURS and one.full else template
    state = say(_state(one), address_form, name, **values)
    return Reply(_said(template, address_form, name, state=state, **values), _choices(one))


def _said(template: str, address_form: str, name: str, **values: object) -> str:
    whom = say("{ten}", address_form, name)
    return say(template, address_form, name, Ten=whom[0].upper() + whom[1:], **values)


def _state(one: About) -> str:
    if one.state == "returned":
        return RETURNED
    return (FULL if one.full else DRAFTED) if one.drafted else NOTHING


def _choices(one: About) -> tuple[Choice, ...]:
    if one.drafted:
        return Choice("do:resume", RESUME), Choice("do:later", NOT_NOW)
    return Choice("do:start", START), Choice(f"do:quiet:{one.key}", QUIET), Choice("do:later", NOT_NOW)


def _values(one: About) -> dict[str, object]:
    due, lock = short(one.due_on), moment(one.closes_at)
    return {
        "month": month(one.key),
        "unit": one.unit,
        "due": due,
        "due_day": weekday(one.due_on),
        "left": LEFT.format(n=one.days_left) if one.days_left > 0 else LEFT_NONE,
        "few": FEW.get(one.key[-2:], "4"),
        "lock": lock,
        "when": f"khóa số liệu {lock}" if one.days_left < 0 else f"hạn: hết {weekday(one.due_on)} {due}",
        "office": OFFICE,
        "done": one.done,
        "of": one.of,
        "act": DO_SUBMIT if one.full else DO_RESUME if one.drafted else DO_START,
    }


def _line(one: About) -> str:
    when = (
        f"khóa số liệu {moment(one.closes_at)}" if one.days_left < 0 else f"hạn: hết ngày {short(one.due_on)}"
    )
    draft = LINE_FULL if one.full else f", bản nháp xong {one.done}/{one.of} mục" if one.of else ""
    return f"- {one.unit}, tháng {month(one.key)} ({when}{draft})"


def missing_list(  # noqa: PLR0913 - what one list says
    address_form: str,
    name: str,
    units: Sequence[Missing],
    *,
    of: int,
    key: str,
    due_on: date,
    closes_at: datetime,
) -> Reply:
    """The units below a superior whose report is missing, for a person to call them; `of`: how many owe it."""
    lines = _fitting([_named(unit) for unit in units])
    when = {"month": month(key), "due": short(due_on), "lock": moment(closes_at)}
    return Reply(say(LIST, address_form, name, n=len(units), of=of, units=lines, **when))


def _named(unit: Missing) -> str:
    people = f" – {', '.join(unit.people)}" if unit.people else ""
    own = OWN_DUE.format(due=short(unit.own_due)) if unit.own_due else ""
    notes = "; ".join(words for words in (own, unit.note) if words)
    return f"- {unit.unit}{people}{f' ({notes})' if notes else ''}"


def together(replies: Sequence[Reply]) -> Reply:
    """Several messages for one person as one; the buttons are those of the first that has any."""
    choices = next((reply.choices for reply in replies if reply.choices), ())
    return Reply("\n\n".join(reply.text for reply in replies), choices)


def _fitting(lines: Sequence[str]) -> str:
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) > ROOM:
            kept.append(MORE.format(n=len(lines) - len(kept)))
            break
        kept.append(line)
    return "\n".join(kept)


def short(day: date) -> str:
    """`20/11`."""
    return f"{day:%d/%m}"


def moment(at: datetime) -> str:
    """`17:00 ngày 25/12`, in Hanoi."""
    return f"{at.astimezone(TZ):%H:%M ngày %d/%m}"
