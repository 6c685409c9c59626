"""Pictures of the workbooks and slips that people get: written by the program, drawn by LibreOffice."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooter
from openpyxl.worksheet.properties import PageSetupProperties
from PIL import Image, ImageOps

from bot import installation
from handlers import inviting_files, roster
from handlers.documents import roster_reading, roster_writing
from handlers.inviting import Invited
from storage import upgrade
from storage.database import Database, open_database
from storage.doors import Door
from tests import first_month
from tests.first_month import OFFICERS, PROVINCE

TOOLS = ("soffice", "pdftoppm")
DOTS = 130
"""Per inch: letters of ten points can be read."""
COLOURS = 64
"""Enough for paper, and a third of the bytes."""
MARGIN = 12
UNIT_COLUMNS = ("A", "B", "D", "E", "F", "H", "I", "J")
"""What a picture has room for; the others are hidden."""
FAULTY_COLUMNS = ("A", "B", "C", "D", "E")
SLIPS = 4


def missing() -> list[str]:
    """Programs that are not there."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def take(images: Path, place: Path) -> None:
    """The three pictures."""
    database = open_database(f"sqlite:///{place}/paper.db", place / "files")
    upgrade.upgrade(database)
    now = datetime.now(UTC)
    with database.begin() as db:
        installation.prepare(db, now)
    filled = place / "roster.xlsx"
    with database.read() as db:
        filled.write_bytes(roster_writing.template(roster.layout(db, now)))
    units = first_month.unit_rows(f"{now:%m/%Y}")
    first_month.fill(filled, {"Đơn vị": units, "Cán bộ": first_month.people_rows()})
    _sheet(filled, "Đơn vị", UNIT_COLUMNS, 1 + len(units), images / "roster-template.png")
    returned = place / "errors.xlsx"
    returned.write_bytes(_marked(database, filled.read_bytes(), now))
    _sheet(returned, "Cán bộ", FAULTY_COLUMNS, 9, images / "roster-errors.png")
    database.close()
    slips = place / "slips.docx"
    door = Door("telegram", "@congdoan_bot", "https://t.me/congdoan_bot?start=")
    slips.write_bytes(inviting_files.sheet(_invited(door), door, PROVINCE, now))
    _draw(slips, images / "invitation-slips.png")


def _marked(database: Database, body: bytes, now: datetime) -> bytes:
    with database.read() as db:
        sheets = roster.layout(db, now)
    tables = roster_reading.read(body, sheets, roster.quietly)
    return roster_writing.marked(tables, roster.check(database, tables, now).problems)


def _invited(door: Door) -> list[Invited]:
    codes = ("28N8-HMFT", "NM34-GCQH", "K966-QPRV", "PX3J-7TGC")
    cells = zip(first_month.CELLS, codes, OFFICERS, strict=False)
    return [
        Invited(number, code, unit, officer, "Chủ tịch CĐCS", secret, door.with_code(secret))
        for number, ((code, unit, *_), secret, officer) in enumerate(cells)
    ][:SLIPS]


def _sheet(file: Path, title: str, columns: Sequence[str], rows: int, picture: Path) -> None:
    """One sheet on one page, with the grid and the letters that people see in Excel."""
    book = load_workbook(file)
    for other in set(book.sheetnames) - {title}:
        del book[other]
    page = book[title]
    for number in range(1, page.max_column + 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].hidden = letter not in columns
    page.data_validations.dataValidation.clear()
    page.print_area = f"A1:{columns[-1]}{rows}"
    page.print_title_rows = None
    page.print_options.gridLines = page.print_options.headings = True
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 1
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter = HeaderFooter()
    alone = file.with_name(f"{picture.stem}.xlsx")
    book.save(alone)
    _draw(alone, picture)


def _draw(file: Path, picture: Path) -> None:
    """The first page of a document without its margins."""
    run = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{file.parent}/office",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*run, "--outdir", file.parent, file], check=True, capture_output=True, timeout=180)
    paper = file.with_suffix(".pdf")
    drawn = subprocess.run(
        ["pdftoppm", "-r", str(DOTS), "-f", "1", "-l", "1", "-png", paper],
        check=True, capture_output=True, timeout=60,
    ).stdout  # fmt: skip
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    inked = ImageOps.invert(image).getbbox()
    if inked is None:
        raise AssertionError(f"{file} is empty")
    cut = ImageOps.expand(image.crop(inked), MARGIN, "white")
    cut.quantize(COLOURS).save(picture, optimize=True)
