"""The `congdoan` command.  Each command imports what it needs when it runs, so that `--help` is quick."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

gc.set_threshold(100_000)  # a start makes many objects that stay: looking through them takes a tenth of it

app = typer.Typer(
    help="Trợ lý báo cáo Công đoàn: cán bộ báo cáo qua chat, hạn nộp được nhắc, lãnh đạo nhận bản tin.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
forms_app = typer.Typer(help="Biểu mẫu: kiểm tra, xuất bản, xem.", no_args_is_help=True)
db_app = typer.Typer(help="Cơ sở dữ liệu.", no_args_is_help=True)
app.add_typer(forms_app, name="forms")
app.add_typer(db_app, name="db")
webhook_app = typer.Typer(help="Webhook của Telegram: đặt, xem, xóa.", no_args_is_help=True)
app.add_typer(webhook_app, name="webhook")
roster_app = typer.Typer(help="Danh sách đơn vị và cán bộ: lấy mẫu, nhập từ Excel.", no_args_is_help=True)
app.add_typer(roster_app, name="roster")

Port = Annotated[int | None, typer.Option(help="Cổng của trang chat (mặc định 8080).")]
Fresh = Annotated[bool, typer.Option(help="Xóa dữ liệu thử và bắt đầu lại từ đầu.")]
Month = Annotated[str, typer.Option(help="Tháng, ví dụ 2026-11.")]


@app.command()
def demo(port: Port = None, *, fresh: Fresh = False) -> None:
    """Chạy thử với tổ chức mẫu và trang chat trên máy này, không cần tài khoản nào."""
    from bot import commands

    commands.demo(port, fresh=fresh)


@app.command()
def serve(
    *,
    sample: Annotated[
        bool, typer.Option(help="Nạp tổ chức mẫu nếu cơ sở dữ liệu còn trống, để thử nghiệm ngay.")
    ] = False,
) -> None:
    """Chạy thật với các kênh đã cấu hình."""
    from bot import commands

    commands.serve(sample=sample)


@app.command()
def chat(
    person: Annotated[
        str, typer.Option("--as", help="Địa chỉ của người nói, ví dụ nb-hlu-01-1.")
    ] = "nb-hlu-01-1",
    at: Annotated[str, typer.Option(help="Thời điểm, ví dụ 2026-11-18T08:30.")] = "",
) -> None:
    """Trò chuyện với trợ lý ngay trong cửa sổ dòng lệnh; in ra đúng định dạng bản ghi hội thoại."""
    from bot import commands

    commands.chat(person, at)


@app.command()
def simulate(
    units: Annotated[int, typer.Option(help="Số đơn vị báo cáo.")] = 60,
    month: Month = "2026-11",
    seed: Annotated[int, typer.Option(help="Hạt giống: cùng số thì cùng kết quả.")] = 1,
    database: Annotated[
        str, typer.Option(help="Cơ sở dữ liệu trống; để trống: SQLite trong thư mục --out.")
    ] = "",
    out: Annotated[Path, typer.Option(help="Thư mục nhận bản tin.")] = Path("var/simulate"),
) -> None:
    """Mô phỏng trọn một tháng với đồng hồ giả; dòng cuối in ra là một đối tượng JSON."""
    from bot.simulation import command

    command(units, month, seed, database, out)


@app.command()
def digest(
    month: Month,
    unit: Annotated[str, typer.Option(help="Mã đơn vị cấp trên; để trống: toàn tỉnh.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text, json, png hoặc xlsx.")] = "text",
    organisation: Annotated[
        str, typer.Option(help="then: theo tổ chức tại kỳ báo cáo; now: theo tổ chức hiện nay.")
    ] = "then",
    out: Annotated[
        str | None, typer.Option(help="Tệp hoặc thư mục/ kết quả; để trống: in ra màn hình.")
    ] = None,
) -> None:
    """Lập bản tin của một tháng theo số liệu hiện có."""
    from bot import commands

    commands.digest(month, unit, format_, organisation, out)


@forms_app.command("check")
def forms_check(files: list[Path]) -> None:
    """Kiểm tra biểu mẫu; lỗi nêu rõ dòng trong bảng tính."""
    from bot import commands

    commands.forms_check(files)


@forms_app.command("publish")
def forms_publish(file: Path) -> None:
    """Xuất bản một biểu mẫu; bản nháp đang làm vẫn theo phiên bản cũ."""
    from bot import commands

    commands.forms_publish(file)


@forms_app.command("show")
def forms_show(code: str) -> None:
    """In các câu hỏi của phiên bản đang dùng."""
    from bot import commands

    commands.forms_show(code)


@app.command()
def invite(
    unit: Annotated[
        str, typer.Option(help="Mã đơn vị, gồm cả các đơn vị trực thuộc; để trống: tất cả.")
    ] = "",
    *,
    text: Annotated[bool, typer.Option(help="In thành tin nhắn để gửi riêng từng người qua Zalo.")] = False,
    all_: Annotated[
        bool, typer.Option("--all", help="Cả người đã có tài khoản, khi đổi sang tài khoản khác.")
    ] = False,
    renew: Annotated[
        bool, typer.Option(help="Cả người đã có mã còn hạn; mã đã trao cho họ hết hiệu lực.")
    ] = False,
    sheet: Annotated[
        Path | None, typer.Option(help="Ghi phiếu mời có mã QR để in, ví dụ phieu-moi.docx.")
    ] = None,
) -> None:
    """Cấp mã mời dùng một lần cho những người chưa có tài khoản."""
    from bot import invite_commands
    from bot.settings import Settings

    invite_commands.invite(Settings(), unit or None, as_text=text, all_=all_, renew=renew, sheet=sheet)


@app.command()
def people(
    unit: Annotated[
        str, typer.Option(help="Mã đơn vị, gồm cả các đơn vị trực thuộc; để trống: tất cả.")
    ] = "",
) -> None:
    """Ai đã kết nối, trên kênh nào; ai đã mời, chưa mời, không nhận được tin."""
    from bot import people_commands
    from bot.settings import Settings

    people_commands.people(Settings(), unit or None)


@app.command()
def doctor() -> None:
    """Khám toàn bộ cài đặt: điều gì chưa ổn và cách xử lý."""
    from bot import doctor as examination

    examination.command()


@app.command()
def backup(
    out: Annotated[
        str | None,
        typer.Option(help="Tệp (.tar.gz) hoặc thư mục/ kết quả; để trống: thư mục backups cạnh dữ liệu."),
    ] = None,
) -> None:
    """Sao lưu toàn bộ dữ liệu và tệp vào một tệp nén, cả khi congdoan serve đang chạy."""
    from bot import backup_commands

    backup_commands.backup(out)


@app.command()
def restore(
    file: Path,
    *,
    force: Annotated[bool, typer.Option(help="Thay dữ liệu hiện có (được sao lưu trước).")] = False,
    stopped: Annotated[
        str, typer.Option(help="Máy cũ dừng lúc nào (“10:00 24/11/2026”); để trống: vừa mới dừng.")
    ] = "",
) -> None:
    """Phục hồi từ một bản sao lưu; congdoan serve phải dừng."""
    from bot import backup_commands

    backup_commands.restore(file, force=force, stopped=stopped)


@app.command()
def export(
    month: Annotated[str, typer.Option(help="Tháng, ví dụ 2026-11; để trống: tất cả các tháng.")] = "",
    format_: Annotated[str, typer.Option("--format", help="xlsx hoặc csv (nén thành zip).")] = "xlsx",
    out: Annotated[str | None, typer.Option(help="Tệp hoặc thư mục/ kết quả.")] = None,
    *,
    with_phones: Annotated[bool, typer.Option(help="Ghi đủ số điện thoại.")] = False,
) -> None:
    """Xuất toàn bộ đơn vị, cán bộ, báo cáo, số liệu, sáng kiến, lời nhắc ra Excel hoặc CSV."""
    from bot import export_commands

    export_commands.export(month, format_, out, with_phones=with_phones)


@app.command()
def audit(
    unit: Annotated[
        str, typer.Option(help="Mã đơn vị, gồm cả các đơn vị trực thuộc; để trống: tất cả.")
    ] = "",
    person: Annotated[str, typer.Option(help="Họ tên người làm, hoặc người được nói tới.")] = "",
    since: Annotated[str, typer.Option(help="Từ ngày, ví dụ 01/11/2026.")] = "",
    format_: Annotated[str, typer.Option("--format", help="text, csv hoặc json.")] = "text",
    out: Annotated[
        str | None, typer.Option(help="Tệp hoặc thư mục/ kết quả; để trống: in ra màn hình.")
    ] = None,
) -> None:
    """Nhật ký: ai đã thay đổi gì, khi nào, từ đâu, giá trị trước và sau."""
    from bot import commands

    commands.audit(unit, person, since, format_, out)


@app.command()
def verify(
    code: Annotated[str, typer.Argument(help="Mã trên biên nhận, ví dụ BC-202612-00017.")],
    check: Annotated[str, typer.Argument(help="Mã kiểm tra trên ảnh biên nhận, nếu có.")] = "",
) -> None:
    """Kiểm tra một biên nhận: mã này là báo cáo nào, số liệu gì, mã kiểm tra có khớp không."""
    from bot import verify_commands
    from bot.settings import Settings

    verify_commands.verify(Settings(), code, check)


@webhook_app.command("set")
def webhook_set() -> None:
    """Báo cho Telegram địa chỉ công khai của chương trình."""
    from bot import telegram_commands
    from bot.settings import Settings

    telegram_commands.webhook_set(Settings())


@webhook_app.command("show")
def webhook_show() -> None:
    """Telegram đang gửi tin tới đâu, có lỗi gì."""
    from bot import telegram_commands
    from bot.settings import Settings

    telegram_commands.webhook_show(Settings())


@webhook_app.command("clear")
def webhook_clear() -> None:
    """Bỏ webhook, trở lại hỏi tin."""
    from bot import telegram_commands
    from bot.settings import Settings

    telegram_commands.webhook_clear(Settings())


@roster_app.command("template")
def roster_template(
    file: Annotated[Path, typer.Argument(help="Tệp mẫu sẽ được ghi.")] = Path("danh-sach.xlsx"),
    *,
    current: Annotated[
        bool, typer.Option("--current", help="Điền sẵn đơn vị và cán bộ đang có, để sửa rồi nhập lại.")
    ] = False,
) -> None:
    """Ghi mẫu Excel để lập danh sách đơn vị, cán bộ, số liệu đầu kỳ."""
    from bot import roster_commands

    roster_commands.template(file, current=current)


@roster_app.command("import")
def roster_import(
    file: Annotated[Path, typer.Argument(help="Tệp Excel theo mẫu.")],
    *,
    apply: Annotated[
        bool, typer.Option("--apply", help="Ghi vào hệ thống; không có thì chỉ xem trước.")
    ] = False,
    out: Annotated[
        str | None,
        typer.Option(help="Tệp hoặc thư mục/ nhận các dòng cần sửa; để trống: tên tệp thêm “-loi”."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="In mọi thay đổi, không chỉ 20 dòng đầu.")] = False,
) -> None:
    """Xem trước, rồi ghi danh sách vào hệ thống; nhập lại cùng tệp không thay đổi gì."""
    from bot import roster_commands

    roster_commands.import_(file, apply=apply, out=out, every=all_)


@db_app.command("upgrade")
def db_upgrade() -> None:
    """Nâng cấp cấu trúc cơ sở dữ liệu."""
    from bot import commands

    commands.db_upgrade()


def main() -> None:
    """Entry point: what the operator can mend is one sentence and exit code 2, anything else a traceback."""
    if sys.argv[1:2] != ["forms"]:  # what that writes belongs to the program, and other accounts may run it
        os.umask(
            0o077
        )  # names, numbers and invitation codes: only the account that runs the program reads them
    try:
        code = app(prog_name="congdoan", standalone_mode=False)
    except BrokenPipeError:  # whoever read has enough: `congdoan audit | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except typer.Abort:
        raise SystemExit(1) from None
    except Exception as error:
        told = _told(error)
        if not told:
            raise
        sys.stderr.write(f"{told}\n")
        raise SystemExit(2) from None
    raise SystemExit(code if isinstance(code, int) else 0)


def _told(error: Exception) -> str:
    """What an operator can mend in words; empty for a fault of the program or, of what serves, the machine."""
    if getattr(error, "for_operator", False):
        return str(error)
    from bot import told

    if hasattr(error, "format_message"):  # help, where a group was called without a command, is told as it is
        return str(error) if type(error).__name__ == "NoArgsIsHelpError" else told.usage(error)
    if isinstance(error, OSError) and error.filename and sys.argv[1:2] != ["serve"]:
        return told.file(error)
    return ""


if __name__ == "__main__":
    main()
