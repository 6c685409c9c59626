"""Every option, its default, and one line why; read from the environment or `.env`, prefix CONGDOAN_."""

from __future__ import annotations

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an installation may choose."""

    model_config = SettingsConfigDict(env_prefix="CONGDOAN_", env_file=".env", extra="ignore")

    database_url: str = ""
    """Empty: an SQLite file in the data directory; otherwise e.g. postgresql://user@host/congdoan."""
    data_dir: Path = Path("var")
    """Where the SQLite file and attachments lie; back this up."""
    host: str = "127.0.0.1"
    """Address to listen on; the demo accepts loopback only."""
    port: int = 8080
    """Port to listen on."""
    public_url: str = ""
    """Empty: long polling, which needs nothing; otherwise the https address under which platforms reach us."""
    timezone: str = "Asia/Ho_Chi_Minh"
    """Zone of deadlines and quiet hours; read by storage/calendar.py, from the environment only."""
    log_format: str = "text"
    """`text` for people, `json` for collectors."""
    backups_kept: int = 30
    """Daily backups that are kept in the data directory; with too little room fewer, but never less than 3."""

    telegram_token: SecretStr = SecretStr("")
    """The bot's token from BotFather; empty: no Telegram."""
    telegram_base_url: str = ""
    """Another Bot API server, e.g. http://127.0.0.1:8081/bot; empty: Telegram's own."""
    telegram_file_base_url: str = ""
    """Where that server gives files, e.g. http://127.0.0.1:8081/file/bot."""
    telegram_webhook_secret: SecretStr = SecretStr("")
    """With a public URL: what Telegram says to prove itself; 16 to 256 of A-Z a-z 0-9 _ -."""
    telegram_per_second: float = 29.0
    """Messages a second of the bot; Telegram allows about 30."""
    telegram_chat_seconds: float = 1.05
    """Seconds between two messages to one person; Telegram asks for about one."""
    telegram_group_per_minute: float = 18.0
    """Messages a minute to one group; Telegram allows 20."""

    @property
    def url(self) -> str:
        """The database to open."""
        return self.database_url or f"sqlite:///{self.data_dir / 'congdoan.db'}"

    @property
    def files(self) -> Path:
        """Where attachments and pictures lie."""
        return self.data_dir / "files"

    @property
    def backups(self) -> Path:
        """Where the daily backups go."""
        return self.data_dir / "backups"

    @property
    def exchange(self) -> Path:
        """Where files for people are put that are to be copied away."""
        return self.data_dir / "trao-doi"

    @property
    def secrets(self) -> list[str]:
        """What no log may show."""
        held = (self.telegram_token, self.telegram_webhook_secret)
        return [secret.get_secret_value() for secret in held if secret.get_secret_value()]
