"""``rectify-xl dispatch``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.cli.command import command, option
from rectify_xl.cli.options import AS_OF, CAMPAIGN, FOLDER, FORMAT, MASTER, campaign_at
from rectify_xl.cli.parameters import PATH
from rectify_xl.cli.streams import echo, echo_json, echo_notes
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from rectify_xl.workflow.dispatch import Dispatched


@command("dispatch", """
    按总台账给每个单位生成本期的填报表：没有销号的任务已填好，上期进展在旁边，另有一页“本期要求”。

    任务全部销号的，或没有任务但要报送的单位，得到零报告表。生成后用 rectify-xl send 分别发给各单位。
    """)  # fmt: skip
@MASTER
@option("-o", "--output", type=PATH, shown=FOLDER, required=True, zh="放到哪个文件夹", en="The folder for the workbooks.")
@option("--unit", shown=Text("单位", "UNIT"), zh="只生成这个单位的", en="For this unit alone.")
@option(
    "--round", "round_id", shown=Text("编号", "ID"), zh="轮次编号（默认按活动配置）", en="The round (default: the campaign's)."
)
@CAMPAIGN
@AS_OF
@FORMAT
def dispatch(
    master: Path, output: Path, unit: str | None, round_id: str | None, campaign: Path | None, as_of: date | None,
    style: str, lang: str,
) -> None:  # fmt: skip
    """Write the workbook that each unit fills in this round: its open tasks, its last progress, and what is asked of it.

    A unit whose tasks are all struck off, or that has none and must report, gets the form of a zero report. Mail them
    with rectify-xl send.
    """
    from rectify_xl.workflow.dispatch import dispatch as make

    done = make(master, output, campaign=campaign_at(campaign), unit=unit, round_id=round_id, as_of=as_of, lang=lang)
    echo_notes(done, lang)
    _warn_of_others(output, (file.path for file in (*done.files, *done.zero_forms)), unit, lang)
    if style == "json":
        echo_json(done.to_dict())
        return
    for line in _lines(done, output, lang):
        echo(line, one_line=True)


def _lines(done: Dispatched, output: Path, lang: str) -> Iterator[str]:
    for file in done.files:
        yield localise(
            lang, f"  {file.path}  任务 {file.tasks} 项（牵头 {file.lead}，配合 {file.cooperating}）",
            f"  {file.path}  {file.tasks} tasks ({file.lead} lead, {file.cooperating} cooperating)",
        )  # fmt: skip
    for file in done.zero_forms:
        yield localise(lang, f"  {file.path}  零报告表", f"  {file.path}  form of a zero report")
    count = len(done.files) + len(done.zero_forms)
    name = done.round_id or localise(lang, "（未定）", "(not set)")
    yield localise(
        lang, f"轮次 {name}：已在 {output} 生成 {count} 个单位的填报表，其中零报告表 {len(done.zero_forms)} 个。",
        f"Round {name}: wrote the workbooks of {count} units to {output}, {len(done.zero_forms)} of them forms of a zero report.",
    )  # fmt: skip


def _warn_of_others(folder: Path, made: Iterable[str], unit: str | None, lang: str) -> None:
    """Name what else stands in the folder: it would be mailed with the rest."""
    names = set(made)
    others = sorted(path.name for path in folder.glob("*.xlsx") if path.name not in names and not path.name.startswith("~$"))
    if others and unit is None:
        echo(localise(
            lang, f"请核对：{folder} 里还有不是本次生成的文件：{'、'.join(others)}",
            f"Please check: {folder} holds files that were not made just now: {', '.join(others)}",
        ), err=True)  # fmt: skip
