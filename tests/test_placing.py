"""`--out`: a folder or a file, one rule for every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.placing import ENDINGS, OutError, place
from handlers import digest_files, exporting


@pytest.mark.parametrize(
    ("out", "file"),
    [
        ("new/", "new/name.xlsx"),
        ("there", "there/name.xlsx"),
        ("new/figures", "new/figures.xlsx"),
        ("figures.XLSX", "figures.XLSX"),
        ("there/a.xlsx", "there/a.xlsx"),
    ],
)
def test_a_folder_gets_a_file_and_a_file_its_ending(tmp_path: Path, out: str, file: str) -> None:
    (tmp_path / "there").mkdir()
    assert place(f"{tmp_path}/{out}", "name.xlsx", (".xlsx",)) == tmp_path / file


def test_another_ending_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(OutError, match=r"phải kết thúc bằng \.tar\.gz.*--out .*luu\.tar\.gz"):
        place(tmp_path / "luu.zip", "x", (".tar.gz",))


def test_a_name_without_an_ending_gets_it_in_a_folder_too() -> None:
    assert place("new/", "ban_tin-2026-11", (".png",)) == Path("new/ban_tin-2026-11.png")


def test_what_is_no_plain_file_is_written_to_as_it_is() -> None:
    assert place("/dev/null", "x", (".csv",)) == Path("/dev/null")


def test_each_format_has_an_ending() -> None:
    assert set(digest_files.FORMATS) <= set(ENDINGS)
    assert set(exporting.FORMATS) <= set(ENDINGS)
