"""The local chat page: the bot without any platform.  It is for trying out, on this machine, and is never served."""

from bot.channels.web.channel import WebChannel
from bot.channels.web.desk import Desk
from bot.channels.web.shape import from_bot, from_person
from bot.port import NotLoopbackError, PortBusyError

__all__ = ["Desk", "NotLoopbackError", "PortBusyError", "WebChannel", "from_bot", "from_person"]
