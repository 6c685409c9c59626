"""Plays golden transcripts: every line goes through the real receive and deliver_due, on a real database.

`name: words` is typed, `name: [label]` presses the newest button of that name, `name: (photo.jpg)` sends a file
(a workbook is one of `rosters.SENT`),
`name ~2: words` edits what `name` typed two messages back (1 is the last one), `name !event: text "title"` is what
happened in a chat where nothing was said (see EVENTS of storage/messages.py; a name in `text` is that account),
`@ time` moves the clock and runs what falls due on the way, `! job` runs one job, `~ kill` starts a new process's
state, `= unit form period question: value (provenance)` is what the database holds
(with why it was looked at again, and the reason that was given), `# …` is a remark.

For joining: `! forget name` makes an account nobody's, `! phone name 0912…` writes a number into the roster,
For units: `! due CODE 22` gives one a due day of its own, `! starts CODE 2027-01-01` its first period, `! merge CODE
INTO 2026-12-05` merges it into another one.
`! past CODE question 40 45 50` is what a unit reported in the months before, the last one last (`# months: 8` at the
top gives the sample so many months of history).
`! invite name` gives that person a code, and `{code}` stands for the last one in what is typed and in what is said.
`! post name UNIT role` gives a person one more post, `! account name other` one more account, and `! door` lets the
bot's name be known.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, select, text, update

import scheduler
from bot import demo, inbound, transcript
from bot.channel import Quiet
from bot.delivery import deliver_due
from handlers import tasks
from storage import appointments, audit, contacts, doors, invitations, outbox, tree, units
from storage.calendar import TZ
from storage.database import Database
from storage.messages import Attachment, Incoming, Reply
from tests import organisation, past, rosters

PEOPLE = {"lan": "nb-hlu-01-1", "hai": "nb-hlu-01-2", "thay": "nb-gdu-01-1", "sep": "nb-hlu-1", "sep2": "nb-hlu-2",
          "ban": "nb-2",
          "quantri": "nb-5", "#lanhdao": "lanh-dao"}  # fmt: skip
"""Short names of the sample's accounts, so that a transcript reads like one."""
FILES = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf", "ogg": "audio/ogg",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip
KINDS = {"pdf": "file", "ogg": "voice", "xlsx": "file"}
BEGINNING = date(2026, 1, 1)
DOOR = doors.Door("telegram", "@congdoan_bot", "https://t.me/congdoan_bot?start=")
SIGNS = invitations.LETTERS + invitations.FIGURES
CODE = re.compile(rf"(?<![A-Z0-9])[{SIGNS}]{{4}}-[{SIGNS}]{{4}}(?![A-Z0-9])")
_HELD = text("""
    SELECT a.value, a.provenance, a.doubt, a.note FROM answer a JOIN submission s ON s.id = a.submission_id
    JOIN unit u ON u.id = s.unit_id JOIN period p ON p.id = s.period_id
    WHERE u.code = :unit AND p.key = :period AND a.question = :question ORDER BY a.version DESC
""")


@dataclass(slots=True)
class Player(Quiet):
    """One database and its clock; also a channel that writes down what it is given."""

    database: Database
    now: datetime
    name: str = "web"
    heard: list[tuple[str, Reply]] = field(default_factory=list)
    shown: dict[str, list[Reply]] = field(default_factory=dict)
    said: list[Incoming] = field(default_factory=list)
    only: set[str] = field(default_factory=set)
    people: dict[str, int] = field(default_factory=dict)
    """Who stood behind an account before it was forgotten."""
    code: str = ""

    async def listen(self, receive: object) -> None:
        """Nobody listens here."""

    async def send(self, address: str, reply: Reply, key: str) -> str:
        """Write down a message."""
        self.heard.append((address, reply))
        self.shown.setdefault(address, []).append(reply)
        return key

    def play(self, script: str) -> str:
        """The transcript as it comes out now: input lines kept, what the bot says written anew."""
        lines: list[str] = []
        for line in script.splitlines():
            if not line.startswith(" "):
                lines += [line if not line.startswith("= ") else self._held(line), *self._step(line)]
        return "\n".join(lines) + "\n"

    def _step(self, line: str) -> list[str]:
        self.heard.clear()
        if line.startswith("@ "):
            self._move(datetime.strptime(line[2:].strip(), "%Y-%m-%d %H:%M").replace(tzinfo=TZ))
        elif found := re.fullmatch(r"! (forget|phone|invite|post|account) (\S+) ?(.*)", line):
            self._joining(*found.groups())
        elif found := re.fullmatch(r"! (due|starts|merge|past) (\S+) (\S+) ?(.*)", line):
            self._organise(*found.groups())
        elif line == "! door":
            with self.database.begin() as db:
                doors.keep(db, DOOR)
        elif line.startswith("! "):
            scheduler.JOBS[line[2:].strip()].run(self.database, self.now)
        elif line.startswith("~ kill"):
            self._restart()
        elif line.startswith("~ again"):
            inbound.receive(self.database, self.said[-1])
        elif line and line[0] not in "#=":
            self._say(line)
        while tasks.run_next(self.database, self.now):
            pass
        self._deliver()
        said = [
            transcript.said(_short(address), reply) for address, reply in self.heard if self._printed(address)
        ]
        return [self._without_codes(line) for line in said]

    def _without_codes(self, line: str) -> str:
        """Codes are random: the last one is kept for `{code}`, none is written down."""
        codes = CODE.findall(line)
        self.code = codes[-1] if codes else self.code
        return CODE.sub("{code}", line)

    def _printed(self, address: str) -> bool:
        return not self.only or _short(address) in self.only

    def _move(self, moment: datetime) -> None:
        def deliver(at: datetime) -> None:
            self.now = at
            self._deliver()

        if moment > self.now:
            scheduler.run_between(self.database, self.now, moment, deliver)
        self.now = moment

    def _say(self, line: str) -> None:
        found = re.fullmatch(r"(\S+?)(?: ~(\d+)| !(\w+))?(?::\s?(.*))?", line)
        assert found, line
        who, back, event, words = found[1], found[2], found[3], (found[4] or "").replace("{code}", self.code)
        address = PEOPLE.get(who, who)
        number = f"m{len(self.said)}-{self.now.timestamp():.0f}"
        incoming = Incoming("web", address, number, self.now, reference=number)
        if event:
            incoming = _event(incoming, event, words)
        elif back:
            incoming = replace(incoming, text=words, edited=True, reference=self._typed(address)[-int(back)])
        else:
            incoming = self._message(incoming, words)
        self.said.append(incoming)
        inbound.receive(self.database, incoming)

    def _message(self, incoming: Incoming, words: str) -> Incoming:
        shown = self.shown.get(incoming.address, [])
        choice = transcript.pressed(words, shown) if words.startswith("[") else ""
        file = re.fullmatch(r"\((\S+\.(\w+))\)\s*(.*)", words)
        if file:
            rosters.put(self.database, file[1])
            kept = Attachment(
                f"uploads/{file[1]}", file[1], FILES[file[2]], 1000, KINDS.get(file[2], "photo")
            )
            return replace(incoming, text=file[3], attachments=(kept,))
        labels = [button.label for reply in shown for button in reply.choices if button.value == choice]
        return replace(
            incoming, text="" if choice else words, choice=choice, label=labels[-1] if labels else ""
        )

    def _typed(self, address: str) -> list[str]:
        """The platform's numbers of what an account typed."""
        own = [one for one in self.said if one.address == address]
        return [one.reference for one in own if not (one.event or one.choice or one.edited)]

    def _joining(self, act: str, who: str, words: str) -> None:
        with self.database.begin() as db:
            account = contacts.find(db, "web", PEOPLE.get(who, who))
            assert account, who
            person = self.people.setdefault(who, account.person_id or 0)
            if act == "forget":
                nobody = {"person_id": None, "consent_version": "", "consented_at": None}
                db.execute(update(contacts.CONTACT).where(contacts.CONTACT.c.id == account.id).values(nobody))
            elif act == "post":
                unit, role = words.split()
                appointments.appoint(
                    db, audit.JOB, person, _unit(db, unit), role, since=BEGINNING, at=self.now
                )
            elif act == "account":
                contacts.add(db, "web", words, self.now, person_id=person)
            elif act == "phone":
                db.execute(update(contacts.PERSON).where(contacts.PERSON.c.id == person).values(phone=words))
            else:
                self.code = invitations.issue(db, person, self.now)

    def _organise(self, act: str, code: str, value: str, day: str) -> None:
        with self.database.begin() as db:
            ids = dict(db.execute(select(units.UNIT.c.code, units.UNIT.c.id)).all())
            if act == "past":
                past.write(db, code, value, [float(number) for number in day.split()])
            elif act == "due":
                organisation.amend(db, ids[code], due_day=int(value))
            elif act == "starts":
                organisation.amend(db, ids[code], reports_from=date.fromisoformat(value))
            else:
                tree.merge(db, [ids[code]], ids[value], date.fromisoformat(day))

    def _deliver(self) -> None:
        asyncio.run(deliver_due(self.database, {"web": self}, self.now))

    def _restart(self) -> None:
        self.database.close()
        with self.database.begin() as db:
            outbox.recover(db)

    def _held(self, line: str) -> str:
        unit, form, period, question = line[2:].partition(":")[0].split()
        with self.database.read() as db:
            row = db.execute(_HELD, {"unit": unit, "period": period, "question": question}).first()
        told = ", ".join(part for part in (row.provenance, row.doubt, row.note) if part) if row else ""
        held = f"{row.value} ({told})" if row else "nothing"
        return f"= {unit} {form} {period} {question}: {held}"


def _unit(db: Connection, code: str) -> int:
    return int(db.execute(select(units.UNIT.c.id).where(units.UNIT.c.code == code)).scalar_one())


def _event(incoming: Incoming, event: str, words: str) -> Incoming:
    title = re.search(r'"(.*)"', words)
    about = words[: title.start()].strip() if title else words
    return replace(
        incoming, event=event, text=PEOPLE.get(about, about), name=title[1] if title else "", reference=""
    )


def demo_start(database: Database, now: datetime, months: int = 1) -> None:
    """The sample organisation with `months` of history, as of `now`."""
    with database.begin() as db:
        demo.fill(db, now, "web", months=months)


def _short(address: str) -> str:
    return next((name for name, known in PEOPLE.items() if known == address), address)


def play(database: Database, path: Path) -> str:
    """Play a transcript file: its first `@` line is when the sample organisation begins."""
    script = path.read_text(encoding="utf-8")
    first = re.search(r"^@ (.+)$", script, re.MULTILINE)
    assert first, "a transcript begins with @ year-month-day hour:minute"
    start = datetime.strptime(first[1].strip(), "%Y-%m-%d %H:%M").replace(tzinfo=TZ)
    player = Player(database, start)
    shown = re.search(r"^# only: (.+)$", script, re.MULTILINE)
    player.only = set(shown[1].split()) if shown else set()
    months = re.search(r"^# months: (\d+)$", script, re.MULTILINE)
    demo_start(database, start, int(months[1]) if months else 1)
    return player.play(script)
