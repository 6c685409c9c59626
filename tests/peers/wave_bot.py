"""The peer of the wave: python-telegram-bot with its AIORateLimiter sends reminders while it answers.

python wave_bot.py BASE_URL TOKEN FIRST_CHAT COUNT
"""

from __future__ import annotations

import asyncio
import contextlib
import sys

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Application, ContextTypes, MessageHandler, filters


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer whatever is said."""
    await update.message.reply_text("Đã ghi.")


async def remind(application: Application) -> None:
    """Everybody at once; the limiter spaces them."""
    first, count = int(sys.argv[3]), int(sys.argv[4])

    async def one(chat: int) -> None:
        with contextlib.suppress(TelegramError):
            await application.bot.send_message(
                chat, "Kính gửi đồng chí, còn 2 ngày làm việc đến hạn báo cáo."
            )

    application.create_task(asyncio.gather(*(one(chat) for chat in range(first, first + count))))


def main(base_url: str, token: str) -> None:
    """Poll until stopped."""
    built = Application.builder().token(token).base_url(base_url).rate_limiter(AIORateLimiter(max_retries=5))
    application = built.concurrent_updates(True).post_init(remind).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main(*sys.argv[1:3])
