"""Checks of the place where the program stands: settings, the file that holds the token, disk, time zone."""

from __future__ import annotations

import os
import re
import shutil
import stat
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url

from bot.doctor_findings import Finding, doubtful, good, wrong
from bot.settings import Settings
from storage.calendar import TZ

SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""What Telegram takes as a secret, from the length on at which nobody guesses it."""
PORTS = (443, 80, 88, 8443)
"""The ports that Telegram delivers to."""
HANOI = "Asia/Ho_Chi_Minh"
ROOM = 500
"""Megabytes that must be free: a month of a province with its pictures needs less."""
SHARE = 0.1
"""Of the disk, below which somebody should look."""
HELD = re.compile(
    r"^\s*(?:export\s+)?CONGDOAN_TELEGRAM_(?:TOKEN|WEBHOOK_SECRET)[ \t]*=[ \t]*\S",
    re.MULTILINE | re.IGNORECASE,
)
ENV = Path(".env")


def check(settings: Settings) -> list[Finding]:
    """All of them."""
    findings = [*_receiving(settings), _env_file(ENV), _folder(settings.data_dir), _time_zone(settings)]
    return [finding for finding in findings if finding]


# ── settings ────────────────────────────────────────────────────────────────────────────────────────


def _receiving(settings: Settings) -> list[Finding]:
    url = settings.public_url
    if not url:
        return [good("Cấu hình: nhận tin bằng long polling (CONGDOAN_PUBLIC_URL để trống).")]
    faults = [fault for fault in (_bad_address(url), bad_secret(settings)) if fault]
    return faults or [good(f"Cấu hình: nhận tin qua webhook tại {url}.")]


def _bad_address(url: str) -> Finding | None:
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        return wrong(f"CONGDOAN_PUBLIC_URL không phải là một địa chỉ: {url}.")
    if parts.scheme != "https" or not parts.hostname:
        return wrong(
            f"CONGDOAN_PUBLIC_URL là {url}, nhưng Telegram chỉ gọi địa chỉ https. Hãy ghi dạng https://tên-miền."
        )
    if port not in PORTS:
        return wrong(
            f"CONGDOAN_PUBLIC_URL dùng cổng {port}, nhưng Telegram chỉ gọi các cổng 443, 80, 88 và 8443."
        )
    return None


def bad_secret(settings: Settings) -> Finding | None:
    """With a public URL, a secret is what tells Telegram from anybody else."""
    if SECRET.fullmatch(settings.telegram_webhook_secret.get_secret_value()):
        return None
    return wrong(
        "Đã đặt CONGDOAN_PUBLIC_URL nhưng CONGDOAN_TELEGRAM_WEBHOOK_SECRET chưa đúng (16–256 ký tự A-Z a-z 0-9 _ -). "
        "Hãy tạo bằng: openssl rand -hex 32"
    )


def no_file(settings: Settings) -> bool:
    """Whether the database is a file that is not there yet; to open it would make it."""
    url = make_url(settings.url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _env_file(file: Path) -> Finding | None:
    """Who reads the token speaks as the bot."""
    try:
        held = HELD.search(file.read_text("utf-8", "replace"))
        mode = file.stat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        return wrong(
            f"Không đọc được {file} ({error.strerror}). Hãy cấp quyền đọc cho tài khoản chạy congdoan."
        )
    if held and os.name == "posix" and mode & stat.S_IROTH:
        return wrong(
            f"{file} chứa mã bí mật mà mọi tài khoản trên máy đều đọc được. Hãy chạy: chmod 600 {file}"
        )
    return good(f"{file}: đọc được, người ngoài không đọc được mã bí mật.")


# ── disk ────────────────────────────────────────────────────────────────────────────────────────────


def _folder(folder: Path) -> Finding:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return wrong(
            f"Không ghi được vào thư mục dữ liệu {folder}. Hãy cấp quyền ghi cho tài khoản chạy congdoan."
        )
    disk = shutil.disk_usage(there)
    free = disk.free // 1_000_000
    if free < ROOM:
        return wrong(
            f"Ổ đĩa của thư mục dữ liệu {folder} chỉ còn {free} MB, cần ít nhất {ROOM} MB. Hãy dọn bớt."
        )
    if disk.free < SHARE * disk.total:
        return doubtful(
            f"Ổ đĩa của thư mục dữ liệu {folder} còn {free} MB, chưa đến {SHARE:.0%}. Nên dọn bớt hoặc thêm dung lượng."
        )
    return good(f"Thư mục dữ liệu {folder}: ghi được, ổ đĩa còn trống {free} MB.")


# ── time ────────────────────────────────────────────────────────────────────────────────────────────


def _time_zone(settings: Settings) -> Finding:
    if settings.timezone != TZ.key:
        return doubtful(
            f"CONGDOAN_TIMEZONE trong .env không có tác dụng, đang dùng {TZ.key}. Hãy đặt biến này trong môi trường."
        )
    if TZ.key != HANOI:
        return doubtful(
            f"Múi giờ là {TZ.key}: hạn nộp và giờ nhắc tính theo đó. Nếu không chủ ý, hãy bỏ CONGDOAN_TIMEZONE."
        )
    return good(f"Múi giờ: {TZ.key}.")
