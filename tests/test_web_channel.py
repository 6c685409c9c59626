"""The chat page's HTTP: what is answered, when, and to whom."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.web import NotLoopbackError, PortBusyError, WebChannel, streams
from bot.channels.web.guard import MAX_FILE
from storage.messages import Attachment, Choice, Incoming, Reply
from tests.web_client import ID, LAN, PNG, ask, form, listen_to, next_event, post
from tests.web_desk import START, FakeDesk, House, open_house


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("files")) as house:
        yield house


@pytest.fixture
def house(served: House, tmp_path: Path) -> House:
    served.begin_anew(tmp_path)
    return served


def test_the_page_and_its_files_are_served_with_right_types(house: House) -> None:
    for path, kind in {
        "/": "text/html; charset=utf-8",
        "/static/app.css": "text/css; charset=utf-8",
        "/static/app.js": "text/javascript; charset=utf-8",
        "/static/icon.svg": "image/svg+xml",
        "/api/people": "application/json",
    }.items():
        status, headers, body = ask(house, "GET", path)
        assert (status, headers["content-type"]) == (200, kind)
        assert body
        assert headers["cache-control"] in {"no-cache", "no-store"}


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/api/people", "/nowhere", "/static/nothing.js"])
def test_every_answer_has_the_security_headers(house: House, path: str) -> None:
    _, headers, _ = ask(house, "GET", path)
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_people_and_history_are_those_of_the_desk(house: House) -> None:
    house.say(LAN, "Kính chào đồng chí Lan.")
    people = json.loads(ask(house, "GET", "/api/people")[2])["people"]
    messages = json.loads(ask(house, "GET", f"/api/history?as={LAN}")[2])["messages"]
    assert people == house.desk.people()
    assert [(m["from"], m["text"], m["at"]) for m in messages] == [
        ("bot", "Kính chào đồng chí Lan.", START.isoformat())
    ]


def test_a_message_becomes_an_incoming_with_the_pages_id_and_the_desks_time(house: House) -> None:
    status, answer = post(house, text="báo cáo")
    assert (status, answer["id"], answer["message"]["text"]) == (200, ID, "báo cáo")
    assert house.desk.received == [Incoming("web", LAN, ID, START, "báo cáo")]


def test_a_press_carries_its_value_and_no_text(house: House) -> None:
    assert post(house, choice="q:3")[0] == 200
    assert house.desk.received == [Incoming("web", LAN, ID, START, choice="q:3")]


def test_a_file_is_kept_and_comes_with_its_words(house: House) -> None:
    status, _, body = ask(house, "POST", "/api/messages", **form(PNG, text="Ảnh hội nghị"))
    photo = Attachment("0-anh.png", "anh.png", "image/png", len(PNG), "photo")
    assert status == 200
    assert house.desk.received == [Incoming("web", LAN, ID, START, "Ảnh hội nghị", attachments=(photo,))]
    assert ask(house, "GET", json.loads(body)["message"]["attachments"][0]["url"])[2] == PNG


def test_a_file_name_has_no_folders(house: House) -> None:
    ask(house, "POST", "/api/messages", **form(PNG, name="..\\..\\a/b/c.png"))
    assert house.desk.received[0].attachments[0].name == "c.png"


def test_the_answer_waits_for_the_commit(house: House) -> None:
    committed: list[float] = []

    async def slowly(incoming: Incoming) -> None:
        await asyncio.sleep(0.3)
        await house.echo(incoming)
        committed.append(time.monotonic())

    house.receive = slowly
    assert post(house, text="báo cáo")[0] == 200
    assert committed
    assert time.monotonic() > committed[0]


def test_a_message_that_was_not_committed_is_not_acknowledged_and_no_traceback_leaves(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(_incoming: Incoming) -> None:
        raise RuntimeError("secret detail")

    house.receive = broken
    status, _, body = ask(house, "POST", "/api/messages", {"as": LAN, "id": ID, "text": "125"})
    assert status == 500
    assert "secret" not in body.decode()
    assert "Traceback" not in body.decode()
    assert [r.getMessage() for r in caplog.records if r.levelname == "ERROR"] == [
        "chat page: POST /api/messages failed"
    ]


def test_a_repeat_after_a_lost_answer_has_the_same_id(house: House) -> None:
    answers = [post(house, text="125") for _ in range(2)]
    assert [status for status, _ in answers] == [200, 200]
    assert answers[0][1]["message"] == answers[1][1]["message"]
    assert [incoming.message_id for incoming in house.desk.received] == [ID]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'"text"',
        b"\xff\xfe",
        json.dumps({"as": LAN, "text": "no id"}).encode(),
        json.dumps({"as": LAN, "id": "a b", "text": ""}).encode(),
        json.dumps({"as": LAN, "id": ID, "text": 125}).encode(),
        json.dumps({"as": [LAN], "id": ID}).encode(),
        json.dumps({"as": LAN, "id": ID, "choice": "x" * 65}).encode(),
    ],
)
def test_a_malformed_body_is_refused(house: House, body: bytes) -> None:
    status, _, answer = ask(house, "POST", "/api/messages", body, Content_Type="application/json")
    assert status == 400
    assert json.loads(answer)["error"] == "Yêu cầu không đúng định dạng."
    assert house.desk.received == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_foreign_form_can_send_is_refused(house: House, kind: str) -> None:
    body = json.dumps({"as": LAN, "id": ID, "text": "125"}).encode()
    assert ask(house, "POST", "/api/messages", body, Content_Type=kind)[0] == 415


def test_a_form_without_a_file_or_with_an_empty_one_is_refused(house: House) -> None:
    empty = ask(house, "POST", "/api/messages", **form(b""))
    broken = ask(
        house, "POST", "/api/messages", b"--x\r\nnonsense", Content_Type="multipart/form-data; boundary=x"
    )
    assert (empty[0], broken[0]) == (400, 400)
    assert house.desk.received == []


def test_characters_that_no_database_stores_are_left_out(house: House) -> None:
    body = b'{"as": "%s", "id": "%s", "text": "a\\u0000b\\ud83dc"}' % (LAN.encode(), ID.encode())
    assert ask(house, "POST", "/api/messages", body, Content_Type="application/json")[0] == 200
    assert house.desk.received[0].text == "ab\ufffdc"


def test_long_and_empty_texts_reach_the_bot(house: House) -> None:
    assert post(house, text="đ" * 10_000)[0] == 200
    assert post(house, id=ID[::-1], text="")[0] == 200
    assert [len(incoming.text) for incoming in house.desk.received] == [10_000, 0]


@pytest.mark.parametrize("extra", [1, 1024 * 1024, 5 * 1024 * 1024])
def test_a_file_over_ten_megabytes_gets_a_sentence(house: House, extra: int) -> None:
    status, _, body = ask(house, "POST", "/api/messages", **form(PNG.ljust(MAX_FILE + extra, b"x")))
    assert status == 413
    assert json.loads(body)["error"] == "Tệp lớn quá 10 MB. Đồng chí vui lòng gửi tệp nhỏ hơn."
    assert list(house.desk.folder.iterdir()) == []


def test_a_text_over_ten_megabytes_is_not_even_read(house: House) -> None:
    assert post(house, text="x" * (MAX_FILE + 1024 * 1024))[0] == 413
    assert house.desk.received == []


def test_ten_megabytes_are_taken(house: House) -> None:
    assert ask(house, "POST", "/api/messages", **form(PNG.ljust(MAX_FILE, b"x")))[0] == 200


def test_nobody_speaks_as_a_stranger_or_in_a_channel(house: House) -> None:
    assert post(house, **{"as": "nobody", "text": "x"})[0] == 404
    assert post(house, **{"as": "lanhdao", "text": "x"})[0] == 403
    assert ask(house, "GET", "/api/history?as=nobody")[0] == 404
    assert ask(house, "GET", "/api/events")[0] == 404
    assert house.desk.received == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", "10.0.0.1", "[", ""]
)
def test_a_name_that_points_here_from_elsewhere_is_refused(house: House, host: str) -> None:
    assert ask(house, "GET", "/api/people", Host=host)[0] in {400, 403}
    assert ask(house, "GET", "/", Host=host)[0] in {400, 403}


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:9000", "127.0.0.1:1", "[::1]:8080", "LOCALHOST:8080"]
)
def test_the_names_of_this_machine_are_served(house: House, host: str) -> None:
    assert ask(house, "GET", "/api/people", Host=host)[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
@pytest.mark.parametrize("path", ["/api/messages", "/api/clock"])
def test_another_page_cannot_post(house: House, path: str, headers: dict[str, str]) -> None:
    body = {"as": LAN, "id": ID, "text": "125", "to": "day"}
    assert ask(house, "POST", path, body, **headers)[0] == 403
    assert (house.desk.received, house.desk.moved) == ([], [])


def test_the_page_itself_can_post(house: House) -> None:
    body = {"as": LAN, "id": ID, "text": "125"}
    assert (
        ask(house, "POST", "/api/messages", body, Origin=house.channel.url, Sec_Fetch_Site="same-origin")[0]
        == 200
    )


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", PNG, "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("a.pdf", b"%PDF-1.7", "application/pdf"),
        ("a.png", b"<script>alert(1)</script>", "application/octet-stream"),
        ("a.html", b"<script>alert(1)</script>", "application/octet-stream"),
        ("a.svg", b"<svg onload='alert(1)'/>", "application/octet-stream"),
    ],
)
def test_only_harmless_files_are_shown_in_place(house: House, name: str, content: bytes, kind: str) -> None:
    path = house.desk.keep(name, "image/png", content).path
    status, headers, body = ask(house, "GET", f"/files/{path}")
    assert (status, headers["content-type"], body) == (200, kind, content)
    assert ("content-disposition" in headers) == (kind == "application/octet-stream")


@pytest.mark.parametrize(
    "path", ["none.png", "../web_desk.py", "..%2f..%2fetc/passwd", "%2fetc%2fpasswd", ""]
)
def test_no_other_file_of_the_machine_is_served(house: House, path: str) -> None:
    assert ask(house, "GET", f"/files/{path}")[0] == 404
    assert ask(house, "GET", f"/static/..%2fchannels%2fweb.py{path}")[0] == 404


def test_a_reply_arrives_on_the_open_page_in_the_shape_of_the_history(house: House) -> None:
    connection, stream = listen_to(house)
    house.say(LAN, "Tổng số đoàn viên?", choices=(Choice("q:1", "Như tháng trước: 125"),))
    assert next_event(stream) == ("message", house.desk.history(LAN)[-1])
    connection.close()


def test_others_learn_only_that_there_is_a_message(house: House) -> None:
    connection, stream = listen_to(house, "NB-1")
    post(house, text="im lặng")
    house.say(LAN, "Kín")
    assert next_event(stream) == ("unread", {"address": LAN})
    connection.close()


def test_a_second_window_sees_what_the_person_wrote_in_the_first(house: House) -> None:
    connection, stream = listen_to(house)
    post(house, text="im lặng")
    name, message = next_event(stream)
    assert (name, message["id"], message["from"], message["text"]) == ("message", ID, "me", "im lặng")
    connection.close()


def test_a_send_succeeds_when_nobody_looks(tmp_path: Path) -> None:
    channel = WebChannel(FakeDesk(tmp_path))
    assert asyncio.run(channel.send(LAN, Reply("Nhắc hạn"), "key-1")) == "key-1"


def test_a_quiet_stream_keeps_telling_the_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT", 0.1)
    connection, stream = listen_to(house)
    assert [next_event(stream)[0] for _ in range(2)] == ["clock", "clock"]
    connection.close()


def test_moving_the_clock_runs_the_house_and_tells_every_page(house: House) -> None:
    connection, stream = listen_to(house)
    status, _, body = ask(house, "POST", "/api/clock", {"to": "day"})
    assert (status, house.desk.moved) == (200, ["day"])
    assert next_event(stream) == ("clock", json.loads(body))
    assert json.loads(ask(house, "GET", "/api/clock")[2])["label"] == "Thứ Năm, 13/11/2026 08:30"
    connection.close()


@pytest.mark.parametrize("body", [{"to": "yesterday"}, {}, {"to": 1}, []])
def test_the_clock_moves_only_where_it_offers(house: House, body: Any) -> None:
    assert ask(house, "POST", "/api/clock", body)[0] == 400
    assert house.desk.moved == []


def test_a_busy_port_gets_a_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortBusyError, match=rf"Không mở được cổng {port}(.|\n)*Cannot open port {port}"):
            asyncio.run(WebChannel(FakeDesk(tmp_path), port=port).listen(_nobody))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_the_page_is_never_opened_to_a_network(tmp_path: Path, host: str) -> None:
    with pytest.raises(NotLoopbackError, match="chỉ được mở trên máy này"):
        WebChannel(FakeDesk(tmp_path), host=host)


def test_it_stops_quickly_with_open_pages_and_frees_the_port(tmp_path: Path) -> None:
    with open_house(tmp_path / "files") as house:
        connection, stream = listen_to(house)
        begin = time.monotonic()
    assert time.monotonic() - begin < 1.5
    assert next_event(stream) == ("end", None)
    connection.close()
    with socket.create_server(("127.0.0.1", house.channel.port)):
        pass


def test_signals_stay_with_the_program(tmp_path: Path) -> None:
    async def start_and_stop() -> tuple[Any, Any]:
        listening = asyncio.create_task(WebChannel(FakeDesk(tmp_path), port=0).listen(_nobody))
        await asyncio.sleep(0.3)
        during = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        return during

    before = signal.getsignal(signal.SIGTERM)
    assert asyncio.run(start_and_stop())[1] == before


async def _nobody(_incoming: Incoming) -> None:
    """No message is expected."""
