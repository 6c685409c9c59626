"""The page's own files, and those that were sent."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

SHOWN = {
    b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif",
    b"RIFF": "image/webp", b"%PDF-": "application/pdf",
}  # fmt: skip
"""How the files begin that a browser may show in place; whatever else there is can only be saved."""


class Static(StaticFiles):
    """The page's own files, asked for anew on every visit: they change with the program."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["Cache-Control"] = "no-cache"
        return response


def file_answer(path: Path) -> Response:
    """The file, shown only if its first bytes say that it is harmless to show."""
    with path.open("rb") as file:
        begin = file.read(16)
    kind = next((kind for mark, kind in SHOWN.items() if begin.startswith(mark)), "")
    if kind:
        return FileResponse(path, media_type=kind)
    return FileResponse(
        path, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"}
    )
