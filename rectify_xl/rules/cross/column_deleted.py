"""A column of a dispatched workbook that is gone.

What it checks:
    A workbook that was dispatched came back without a column that held something when it was sent out.
    Nothing is changed by it: what the ledger says stays.
Why:
    A deleted column looks like sixty emptied cells; it is one thing, and to be mended once.
Wrong:
    Dispatched with 责任领导, returned without
Right:
    All columns as dispatched
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.rules import NO_FIELD, in_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

ZH = """下发表格的列被删掉。

查什么：
    下发的表格交回时少了一列，而这一列下发时是有内容的。台账内容不因此改变。
为什么：
    删一列看起来像清空了几十格，其实是一件事，改一次就好。
错例：
    下发时有“责任领导”列，交回时没有
正例：
    列与下发时一致
"""
CODE = "X720"
SEVERITY = Severity.WARNING
FIELDS = NO_FIELD
SCOPE = "round"
MESSAGE = {
    "zh": "下发时的列“{column}”不见了；总台账保留原有内容，请用下发的表格填报",
    "en": "The dispatched column “{column}” is gone; the ledger keeps what it had: use the workbook as dispatched",
}


def check(collection: Collection) -> Iterator[Hit]:
    """Yield every column that was dispatched with a value and is not there any more."""
    schema = collection.campaign.schema
    for submission, table in collection.tables:
        sent = [row for task in table.rows if (row := submission.dispatched.get(task.key))]
        for known in schema.fields:
            if known.key not in table.columns and any(row.get(known.key) for row in sent):
                yield in_file(submission.path, table.sheet, column=known.label["zh"])
