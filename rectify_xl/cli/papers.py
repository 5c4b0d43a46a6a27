"""``rectify-xl bulletin`` and ``rectify-xl notice``: papers of a master as Word documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import command, language_of, option
from rectify_xl.cli.options import CAMPAIGN, DAY_SHOWN, MASTER, campaign_at, campaign_folder
from rectify_xl.cli.parameters import DAY, PATH
from rectify_xl.cli.streams import echo, echo_notes
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.i18n import Text, listed, localise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from rectify_xl.papers import Facts

MASTERS_DAY = option(
    "--as-of", type=DAY, shown=DAY_SHOWN,
    zh="按哪一天判断是否逾期（默认与总台账相同，数字一致）",
    en="The day on which overdue is judged (default: the master's, so that the figures are the same).",
)  # fmt: skip


def _copy_templates(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is None:
        return
    from rectify_xl.papers.fill import copy_templates

    lang = language_of(ctx)
    for path in copy_templates(folder, lang):
        echo(localise(lang, f"已复制 {path}", f"Copied {path}"))
    ctx.exit()


COPY_TEMPLATES = option(
    "--copy-templates", type=PATH, shown=Text("活动文件夹", "CAMPAIGN_DIR"), is_eager=True, expose_value=False,
    callback=_copy_templates,
    zh="只把 Word 模板复制到活动文件夹的 templates 里，供修改",
    en="Only copy the Word templates into CAMPAIGN_DIR/templates, to be edited.",
)  # fmt: skip


@command("bulletin", """
    按公文格式把总台账的情况写成 Word 通报。

    活动文件夹的 templates 里有本单位改过的模板 通报.docx 时，用它代替自带的模板。
    """)  # fmt: skip
@MASTER
@option("-o", "--output", type=PATH, shown=Text("通报.docx", "FILE.docx"), required=True, zh="生成的通报", en="The bulletin.")
@CAMPAIGN
@MASTERS_DAY
@COPY_TEMPLATES
def bulletin(master: Path, output: Path, campaign: Path | None, as_of: date | None, lang: str) -> None:
    """Write the monthly bulletin of a master as a Word document in the official layout.

    A template of the office's own, templates/bulletin.docx in the campaign folder, is used instead of the shipped one.
    """
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.papers import Facts, write_bulletin
    from rectify_xl.papers.warning_lights import template_checks

    ledger = read_master(master, campaign=campaign_at(campaign), as_of=as_of)
    echo_notes(ledger, lang)
    write_bulletin(ledger, output, folder=campaign_folder(campaign), lang=lang)
    facts = Facts(ledger, lang)
    figures = localise(lang, "，", ", ").join(f"{name} {count}" for name, count in facts.named_figures.items())
    echo(localise(
        lang, f"已生成 {output}：统计截至 {ledger.as_of}；{figures}；未报送 {len(facts.missing)} 个单位。",
        f"Wrote {output}: as of {ledger.as_of}; {figures}; {len(facts.missing)} units did not report.",
    ))  # fmt: skip
    _warn_before_signing(facts, lang, template_checks(facts))


@command("notice", """
    给一个单位（或全部单位）写 Word 督办函，格式同公文。

    没有需要督办事项的单位不生成（只给它一个单位写的，退出状态 2）。活动文件夹的 templates 里有本单位改过的模板
    督办函.docx 时，用它代替自带的模板。
    """)  # fmt: skip
@MASTER
@option(
    "--unit", shown=Text("单位", "UNIT"),
    zh="给哪个单位，写名册或总台账里的名称", en="The unit, by its name in the roster or the ledger.",
)  # fmt: skip
@option(
    "--all", "everybody", is_flag=True,
    zh="给每个需要督办的单位各一份；-o 是文件夹", en="One letter to each unit there is something to remind of; -o is a folder.",
)  # fmt: skip
@option("-o", "--output", type=PATH, shown=Text("督办函.docx", "FILE.docx"), required=True, zh="生成的督办函", en="The letter.")
@CAMPAIGN
@MASTERS_DAY
@COPY_TEMPLATES
def notice(
    master: Path, unit: str | None, everybody: bool, output: Path, campaign: Path | None, as_of: date | None, lang: str,  # noqa: FBT001
) -> None:  # fmt: skip
    """Write the reminder letter to one unit, or to all, as a Word document in the official layout.

    A unit that there is nothing to remind of gets no letter (exit status 2 for a single one). A template of the office's own,
    templates/letter.docx in the campaign folder, is used instead of the shipped one.
    """
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.papers import Facts, write_notice, write_notices

    if bool(unit) == everybody:
        raise UsageError(
            "请用 --unit 给出一个单位，或用 --all 生成全部", "name one unit with --unit, or write to all with --all",
            click.get_current_context(),
        )  # fmt: skip
    ledger = read_master(master, campaign=campaign_at(campaign), as_of=as_of)
    echo_notes(ledger, lang)
    folder = campaign_folder(campaign)
    if unit:
        name = write_notice(ledger, unit, output, folder=folder, lang=lang)
        echo(localise(
            lang, f"已生成 {output}：给{name}的督办函，统计截至 {ledger.as_of}。",
            f"Wrote {output}: the letter to {name}, as of {ledger.as_of}.",
        ))  # fmt: skip
    else:
        letters = write_notices(ledger, output, folder=folder, lang=lang)
        units = listed(lang, letters)
        echo(localise(
            lang, f"已在 {output} 生成 {len(letters)} 份督办函，统计截至 {ledger.as_of}：{units}",
            f"Wrote {len(letters)} letters to {output}, as of {ledger.as_of}: {units}",
        ) if letters else localise(
            lang, f"没有需要督办的单位，没有生成督办函（统计截至 {ledger.as_of}）。",
            f"No unit needs a letter, so none was written (as of {ledger.as_of}).",
        ))  # fmt: skip
        warn_of_others(output, letters.values(), lang)
    _warn_before_signing(Facts(ledger, lang), lang)


def warn_of_others(folder: Path, written: Iterable[Path], lang: str) -> None:
    """Say which papers in the folder were not made now: one of last month must not be handed out."""
    made = set(written)
    old = sorted(path.name for path in folder.glob("*.docx") if path not in made and not path.name.startswith("~$"))
    if old:
        names = listed(lang, old)
        echo(localise(
            lang, f"请核对：{folder} 中有 {len(old)} 个文件不是这次生成的：{names}",
            f"Please check: {len(old)} files in {folder} were not made now: {names}",
        ), err=True)  # fmt: skip


def _warn_before_signing(facts: Facts, lang: str, others: Iterable[Text] = ()) -> None:
    """What a clerk should see to before the paper is signed, on stderr."""
    from rectify_xl.papers.signing_checks import signing_checks

    for check in (*signing_checks(facts), *others):
        echo(localise(lang, f"请核对：{check.zh}", f"Please check: {check.en}"), err=True)
