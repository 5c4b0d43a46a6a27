"""campaign.yaml, units.csv and leaders.csv of the invented city."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builder.expected import Expected

if TYPE_CHECKING:
    from pathlib import Path

CAMPAIGN = """\
# 榆泽市为虚构城市，本目录是一次完整的演练数据。
name: 榆泽市省级环保督察反馈问题整改
issuer: 榆泽市督察整改办
issued: 2026-07-23
schema: task_list
units: units.csv
leaders: leaders.csv
deadlines:
  immediate: 2026-08-31         # 立行立改按8月31日到期；长期坚持不设复核日
  nodes: [2026-08-31, 2026-09-30, 2026-11-30, 2026-12-31, 2027-06-30, 2027-12-31, 2028-12-31]
  due_soon_days: 30
round: {id: 2026-11, due: 2026-11-20}
acceptance: {publicity_working_days: 10}
mail: {from: zgb@example.gov.cn, host: 127.0.0.1, port: 8025, security: none, to: [lingdao@example.gov.cn]}
"""

# id, name, aliases, former_names, mailbox, liaison, reports
_UNITS = """\
U01,市委办公室,市委办,,shiweiban,晏清和,no
U02,市政府办公室,市政府办,,zhengfuban,容止,no
U03,市生态环境局,,市环境保护局|市环保局,shengtai,蒲知秋,yes
U04,市水利局,,,shuili,汪屿,yes
U05,市住房和城乡建设局,市住建局|市住房城乡建设局,市建设局,zhujian,谷雨桥,yes
U06,市农业农村局,,市农业局|市畜牧局,nongye,乐遥,yes
U07,市自然资源和规划局,市自然资源局|市资规局,市国土资源局|市城乡规划局,ziran,明叙,yes
U08,市发展和改革委员会,市发展改革委|市发改委,,fagai,关山月,yes
U09,市工业和信息化局,市工信局,市工业和信息化委员会,gongxin,路遥知,yes
U10,市交通运输局,市交通局,,jiaotong,简溪,yes
U11,市城市管理局,市城管局,,chengguan,邬晚舟,yes
U12,市公安局,,,gongan,时雨生,yes
U13,市市场监督管理局,市市场监管局,市工商行政管理局|市质量技术监督局,shichang,卫芸,yes
U14,市商务局,,,shangwu,葛青岚,yes
U15,市财政局,,,caizheng,计然之,yes
U16,市应急管理局,市应急局,市安全生产监督管理局,yingji,江照晚,yes
U17,市卫生健康委员会,市卫健委,市卫生和计划生育委员会,weijian,杏林春,yes
U18,市教育局,,,jiaoyu,印澜,yes
U19,市文化和旅游局,市文旅局,,wenlv,白芷兰,yes
U20,市林业局,,,linye,松间月,yes
U21,市审计局,,,shenji,裘正,no
U22,市供销合作社,市供销社,,gongxiao,田小满,yes
U23,榆泽供水集团有限公司,市供水集团,市自来水公司,gongshui,源清,yes
U24,澄原县,澄原县人民政府,,chengyuan,游子衿,yes
U25,砚坪县,砚坪县人民政府,,yanping,贝叶青,yes
U26,柏渚区,柏渚区人民政府,,bozhu,洛川,yes
U27,莲汀区,莲汀区人民政府,,lianting,闵行之,yes
U28,榆泽经济开发区,经开区|榆泽经济开发区管委会,,jingkai,原野,yes
"""

LEADERS = """\
name,title,unit
沈知远,市政府副市长,市政府办公室
陆苒,市生态环境局局长,市生态环境局
韩叙白,市水利局局长,市水利局
罗景棠,市住房和城乡建设局局长,市住房和城乡建设局
祝闻笛,市住房和城乡建设局副局长,市住房和城乡建设局
方砺,市农业农村局局长,市农业农村局
施望溪,市农业农村局副局长,市农业农村局
贺云舟,市自然资源和规划局局长,市自然资源和规划局
郁知微,市自然资源和规划局副局长,市自然资源和规划局
段青禾,市发展和改革委员会主任,市发展和改革委员会
丁若谷,市工业和信息化局局长,市工业和信息化局
俞承安,市交通运输局局长,市交通运输局
岳明笙,市城市管理局局长,市城市管理局
雷敬川,市公安局副局长,市公安局
秦雨浓,市市场监督管理局局长,市市场监督管理局
傅一苇,市商务局局长,市商务局
冯述之,澄原县人民政府县长,澄原县
穆清源,砚坪县人民政府县长,砚坪县
温见山,柏渚区人民政府区长,柏渚区
苗予宁,莲汀区人民政府区长,莲汀区
戚望舒,榆泽经济开发区管委会主任,榆泽经济开发区
"""


def write_campaign(folder: Path) -> list[Expected]:
    """Write the three files; the findings that name a unit, a leader or the whole campaign."""
    lines = ["id,name,aliases,former_names,email,liaison,phone,reports"]
    for number, line in enumerate(_UNITS.splitlines(), start=101):
        *names, mailbox, liaison, reports = line.split(",")
        lines.append(",".join([*names, f"{mailbox}@example.gov.cn", liaison, f"0399-2550{number}", reports]))
    for name, text in (("campaign.yaml", CAMPAIGN), ("units.csv", "\n".join(lines) + "\n"), ("leaders.csv", LEADERS)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [
        Expected("", "", "", "not-submitted", "市供销合作社"),
        Expected("", "", "", "not-submitted", "榆泽供水集团有限公司"),
        Expected("", "", "", "number-gap", "全部文件合并后缺33号（合并时判断）"),
        Expected("", "", "", "leader-overload", "沈知远牵头15项（提示级，阈值由工具定）"),
    ]
