"""A real Chromium for tests, and the chat page as a person uses it.

For example, with `launch(chromium)` as the browser:

    chat = ChatPage.open(browser, "http://127.0.0.1:8080")
    chat.choose("Trần Thị Lan")
    chat.say("báo cáo")
    chat.wait_for("đoàn viên")
    chat.press("Như tháng trước: 125")
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
PATIENCE = 15_000
"""Milliseconds; two busy cores are slow."""


@contextmanager
def launch(executable_path: str) -> Iterator[Browser]:
    """A browser without a window; the fixture `chromium` knows where it is."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable_path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class ChatPage:
    """One open page.  Errors in the page's console and requests to elsewhere are kept for the test to see."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.errors: list[str] = []
        self.foreign: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("request", lambda request: self._note(request.url))

    @classmethod
    def open(
        cls, browser: Browser, url: str, *, viewport: dict[str, int] | None = None, **context: Any
    ) -> ChatPage:
        """Open the page; `context` goes to `browser.new_context` (color_scheme, has_touch…)."""
        size: Any = viewport or DESK
        chat = cls(browser.new_context(viewport=size, **context).new_page(), url)
        chat.page.goto(url)
        chat.page.locator("body.ready").wait_for()
        return chat

    def close(self) -> None:
        """Close the page and forget all that it stored."""
        self.page.context.close()

    def choose(self, name: str) -> None:
        """Open the chat of the first person whose row has these words."""
        self.people().filter(has_text=name).first.click()
        self.text_field().or_(self.page.locator("#read-only")).and_(self.page.locator(":visible")).wait_for()
        self.page.locator("body.live").wait_for()

    def people(self) -> Locator:
        """The rows of the list."""
        return self.page.locator("a.person")

    def say(self, text: str) -> None:
        """Type and send."""
        self.text_field().fill(text)
        self.send_button().click()

    def press(self, label: str) -> None:
        """Press a live button of the bot."""
        self.page.get_by_role("log").get_by_role("button", name=label, exact=True).click()

    def attach(self, path: str | Path, text: str = "") -> None:
        """Send a file, with words if there are any."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="Đính kèm ảnh").click()
        chooser.value.set_files(path)
        self.say(text)

    def wait_for(self, text: str) -> Locator:
        """Wait until the last bubble that has these words is seen, and return it."""
        bubble = self.bubbles().filter(has_text=text).last
        expect(bubble).to_be_visible(timeout=PATIENCE)
        return bubble

    def bubbles(self) -> Locator:
        """Every bubble of the conversation."""
        return self.page.locator(".bubble")

    def texts(self) -> list[str]:
        """What the bubbles say, without times."""
        return self.page.locator(".bubble .text").all_inner_texts()

    def buttons(self) -> list[str]:
        """The labels of the live buttons."""
        return self.page.locator("button.choice:visible").all_inner_texts()

    def picture(self) -> Locator:
        """The last picture of the conversation, once it has been loaded."""
        image = self.page.locator(".picture img").last
        image.wait_for()
        image.evaluate("image => image.decode()")
        return image

    def move_clock(self, label: str) -> None:
        """Press a button of the simulated clock and wait until the jobs have run."""
        if self.page.locator("#clock-open").is_visible():
            self.page.locator("#clock-open").click()
        panel = self.page.get_by_role("region", name="Đồng hồ mô phỏng")
        panel.get_by_role("button", name=label).click()
        expect(panel).not_to_have_attribute("aria-busy", "true", timeout=60_000)

    def text_field(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_role("textbox", name="Tin nhắn", exact=True)

    def send_button(self) -> Locator:
        """The button beside it."""
        return self.page.get_by_role("button", name="Gửi", exact=True)

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, "blob:", "data:")):
            self.foreign.append(url)
