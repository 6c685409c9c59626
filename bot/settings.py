"""Every option, its default, and one line why; read from the environment or `.env`, prefix CONGDOAN_."""

from __future__ import annotations

from pathlib import Path

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
    timezone: str = "Asia/Ho_Chi_Minh"
    """Zone of deadlines and quiet hours; read by storage/calendar.py, from the environment only."""
    log_format: str = "text"
    """`text` for people, `json` for collectors."""

    @property
    def url(self) -> str:
        """The database to open."""
        return self.database_url or f"sqlite:///{self.data_dir / 'congdoan.db'}"

    @property
    def files(self) -> Path:
        """Where attachments and pictures lie."""
        return self.data_dir / "files"
