"""The peer: an aiogram 3 bot with its state in memory, as its own examples write one.

python aiogram_bot.py BASE_URL TOKEN
"""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message

QUESTIONS = 20

dispatcher = Dispatcher(storage=MemoryStorage())


class Report(StatesGroup):
    """The conversation."""

    asking = State()


@dispatcher.message(CommandStart())
async def start(message: Message, state: FSMContext) -> None:
    """Ask the first question."""
    await state.set_state(Report.asking)
    await state.set_data({"answers": []})
    await message.answer(f"Câu 1/{QUESTIONS}. Nhập một số.")


@dispatcher.message(Report.asking, F.text)
async def answer(message: Message, state: FSMContext) -> None:
    """Keep a number and ask the next question."""
    kept = (await state.get_data())["answers"]
    try:
        kept = [*kept, int(message.text.replace(".", ""))]
    except ValueError:
        await message.answer("Nhập giúp một số nguyên.")
        return
    await state.set_data({"answers": kept})
    if len(kept) == QUESTIONS:
        await state.clear()
        await message.answer("Đã nhận báo cáo.")
        return
    await message.answer(f"Đã ghi: {kept[-1]}.\n\nCâu {len(kept) + 1}/{QUESTIONS}. Nhập một số.")


async def main(base_url: str, token: str) -> None:
    """Poll until stopped."""
    server = TelegramAPIServer.from_base(base_url.removesuffix("/bot"))
    bot = Bot(token, session=AiohttpSession(api=server))
    await dispatcher.start_polling(bot, allowed_updates=["message"])


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
