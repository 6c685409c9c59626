"""The menu beside the input field: commands in Vietnamese, which the parser reads like any typed words."""

from __future__ import annotations

import telegram
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeDefault

COMMANDS = (
    ("baocao", "Báo cáo tháng"),
    ("tieptuc", "Làm tiếp bản nháp"),
    ("sangkien", "Gửi sáng kiến"),
    ("xemlai", "Xem lại báo cáo"),
    ("doanvan", "Lấy đoạn văn báo cáo"),
    ("trogiup", "Hướng dẫn sử dụng"),
    ("hotro", "Liên hệ công đoàn cấp trên"),
)
"""What is sent when it is pressed, without its slash, and what stands beside it."""


async def set_menu(bot: telegram.Bot) -> None:
    """Show the menu; raises TelegramError."""
    commands = [BotCommand(command, title) for command, title in COMMANDS]
    for scope in (BotCommandScopeDefault(), BotCommandScopeAllPrivateChats()):
        await bot.set_my_commands(commands, scope=scope)
