"""The peer: a python-telegram-bot ConversationHandler with PicklePersistence, as its own examples write one.

python ptb_bot.py BASE_URL TOKEN PICKLE
"""

from __future__ import annotations

import sys

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

QUESTIONS = 20


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Ask the first question."""
    await update.message.reply_text(f"Câu 1/{QUESTIONS}. Nhập một số.")
    return 0


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep a number and ask the next question."""
    kept = context.user_data.setdefault("answers", [])
    try:
        kept.append(int(update.message.text.replace(".", "")))
    except ValueError:
        await update.message.reply_text("Nhập giúp một số nguyên.")
        return len(kept)
    if len(kept) == QUESTIONS:
        context.user_data.clear()
        await update.message.reply_text("Đã nhận báo cáo.")
        return ConversationHandler.END
    await update.message.reply_text(f"Đã ghi: {kept[-1]}.\n\nCâu {len(kept) + 1}/{QUESTIONS}. Nhập một số.")
    return len(kept)


def main(base_url: str, token: str, pickle: str) -> None:
    """Poll until stopped."""
    heard = MessageHandler(filters.TEXT & ~filters.COMMAND, answer)
    conversation = ConversationHandler(
        entry_points=[CommandHandler("start", start)],
        states={number: [heard] for number in range(QUESTIONS)},
        fallbacks=[CommandHandler("start", start)],
        name="report",
        persistent=True,
        allow_reentry=True,
    )
    built = Application.builder().token(token).base_url(base_url).persistence(PicklePersistence(pickle))
    application = built.build()
    application.add_handler(conversation)
    application.run_polling(allowed_updates=["message"])


if __name__ == "__main__":
    main(*sys.argv[1:])
