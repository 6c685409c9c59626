"""Blocked and let in again, brought into a group and thrown out: what my_chat_member says."""

from __future__ import annotations

from telegram import Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated

from bot.channels.telegram.words import full_name, identity

INSIDE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


def change_of(update: ChatMemberUpdated) -> dict[str, str]:
    """`event`, `text` and `name` of an Incoming; empty when nothing changed that concerns us (a promotion)."""
    if not identity(update.chat):
        return {}
    was, is_now = _inside(update.old_chat_member), _inside(update.new_chat_member)
    if update.chat.type == Chat.PRIVATE:
        return {"event": "unblocked" if is_now else "blocked", "name": full_name(update.from_user)}
    if was == is_now:
        return {}
    event = "added" if is_now else "removed"
    return {"event": event, "text": str(identity(update.from_user)), "name": full_name(update.chat)}


def _inside(member: ChatMember | None) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return bool(member.is_member)
    return member is not None and member.status in INSIDE
