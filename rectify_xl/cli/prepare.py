"""``rectify-xl init`` and ``rectify-xl template``: what an office needs before the first list comes in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import CAMPAIGN, campaign_at
from rectify_xl.cli.parameters import PATH, NumberType
from rectify_xl.cli.streams import echo
from rectify_xl.common.i18n import Text, localise

if TYPE_CHECKING:
    from pathlib import Path


@command("init", "新建活动文件夹，内有带说明的 campaign.yaml、units.csv、leaders.csv 和一份空白清单模板。")
@argument("directory", "文件夹", "DIR", type=PATH)
def init(directory: Path, lang: str) -> None:
    """Make a new campaign folder with commented campaign.yaml, units.csv, leaders.csv and an empty template."""
    from rectify_xl.workflow.new_campaign import make_campaign_folder

    for path in make_campaign_folder(directory):
        echo(localise(lang, f"已新建 {path}", f"Made {path}"))


@command("template", "生成空白的整改任务清单工作簿，带下拉选项、填写检查和填报说明。")
@option(
    "-o",
    "--output",
    type=PATH,
    shown=Text("清单.xlsx", "FILE.xlsx"),
    required=True,
    zh="生成的工作簿",
    en="The workbook to make.",
)
@CAMPAIGN
@option(
    "--unit", default="", shown=Text("单位", "UNIT"),
    zh="给哪个单位：单位名称写在表里，报回来时能认出", en="Make it for this unit: its name stands in it and in its stamp.",
)  # fmt: skip
@option("--rows", type=NumberType(1, 5000), default=30, show_default=True, zh="预备多少行", en="Rows made ready to fill in.")
@option(
    "--schema", shown=Text("名称", "NAME"),
    zh="用哪一套列：schemas/ 里的名称或一个 .yaml 文件（默认按活动配置）",
    en="The columns: a name in schemas/ or a .yaml file (default: the campaign's).",
)  # fmt: skip
def template(output: Path, campaign: Path | None, unit: str, rows: int, schema: str | None, lang: str) -> None:
    """Make an empty task-list workbook with dropdowns, checks and instructions."""
    from dataclasses import replace

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.schema.loading import load_schema
    from rectify_xl.template import make_template
    from rectify_xl.workbook import write_template

    settings = campaign_at(campaign) or Campaign()
    if schema:
        settings = replace(settings, schema=load_schema(schema), schema_choice=None)
    today = date.today()  # noqa: DTZ011 - the office's own calendar day
    write_template(make_template(settings, made_on=today, unit=unit, blank_rows=rows, lang=lang), output)
    echo(localise(lang, f"已生成 {output}", f"Made {output}"))
