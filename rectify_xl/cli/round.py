"""``rectify-xl round``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import DAY_SHOWN, campaign_folder
from rectify_xl.cli.parameters import DAY, PATH
from rectify_xl.cli.streams import echo
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from rectify_xl.campaign.new_round import NewRound


@command("round", """
    开始新的一轮：把轮次编号和报送截止日期写进 campaign.yaml，其余内容和注释原样不动；
    只有上一轮的重新报送日期（round.resend_by）会清空。

    不写编号时，以月份为编号，如 2026-12。
    """)  # fmt: skip
@argument("round_id", "编号", "ID", required=False)
@option("--due", type=DAY, shown=DAY_SHOWN, required=True, zh="本轮报送截止日期", en="The day by which units report.")
@option(
    "--campaign", type=PATH, required=True, shown=Text("文件夹或文件", "DIR_OR_FILE"),
    zh="活动文件夹，或其中的 campaign.yaml", en="Campaign folder or campaign.yaml.",
)  # fmt: skip
@option(
    "--as-of", type=DAY, shown=DAY_SHOWN, zh="今天是哪一天，没有写编号时以它的月份为编号（默认今天）",
    en="The day whose month is the id where none is given (default: today).",
)  # fmt: skip
def round(round_id: str | None, due: date, campaign: Path, as_of: date | None, lang: str) -> None:  # noqa: A001 - the command's name
    """Begin a round: write its id and due date into campaign.yaml; nothing else there changes, comments included.

    Only the day for sending again of the round before (round.resend_by) is taken out. Without ID the round is
    called after the month, such as 2026-12.
    """
    from rectify_xl.campaign.new_round import begin_round

    today = as_of or date.today()  # noqa: DTZ011 - the office's own calendar day
    begun = begin_round(campaign, round_id if round_id is not None else f"{today:%Y-%m}", due)
    echo(_said(begun, lang))
    if begun.dropped:
        echo(localise(
            lang, f"上一轮的重新报送日期（round.resend_by，{begun.dropped}）已清空。",
            f"The last round's day for sending again (round.resend_by, {begun.dropped}) was taken out.",
        ))  # fmt: skip
    folder = campaign_folder(campaign) or Path()
    if begun.id != begun.old_id and (folder / "rounds" / begun.id).is_dir():
        echo(localise(
            lang, f"请核对：{folder / 'rounds' / begun.id} 已经存在，这一轮以前开始过",
            f"Please check: {folder / 'rounds' / begun.id} exists, this round has been before",
        ), err=True)  # fmt: skip
    if due < today:
        echo(localise(lang, f"请核对：截止日期 {due} 已经过去", f"Please check: {due} has passed already"), err=True)


def _said(begun: NewRound, lang: str) -> str:
    was = begun.old_due.isoformat() if begun.old_due else localise(lang, "未定", "not set")
    if begun.id == begun.old_id:
        return localise(
            lang, f"轮次仍是 {begun.id}；报送截止日期 {begun.due}（原为 {was}）。",
            f"The round is still {begun.id}; reports are due on {begun.due} (was {was}).",
        )  # fmt: skip
    if not (begun.old_id or begun.old_due):
        return localise(
            lang, f"第 {begun.id} 轮开始，报送截止日期 {begun.due}。", f"Round {begun.id} begins, reports are due on {begun.due}."
        )
    before = localise(lang, f"上一轮是 {begun.old_id}，", f"the round before was {begun.old_id}, ") if begun.old_id else ""
    return localise(
        lang, f"第 {begun.id} 轮开始，报送截止日期 {begun.due}（{before}截止日期 {was}）。",
        f"Round {begun.id} begins, reports are due on {begun.due} ({before}due {was}).",
    )  # fmt: skip
