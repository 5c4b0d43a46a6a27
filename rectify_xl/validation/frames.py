"""Findings and rows -> DataFrames with real dtypes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.common.frames import COUNT, STRING, TRUTH, category, make_frame, typed_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Finding

SEVERITY = category(Severity)
REPORTING_UNIT = "reporting_unit"


def findings_frame(findings: Sequence[Finding]) -> pd.DataFrame:
    """One row per finding, in the order of the report."""
    texts = ("unit", "file", "sheet", "cell")
    return make_frame({
        "severity": (SEVERITY, [str(finding.severity) for finding in findings]),
        "code": (STRING, [finding.code for finding in findings]),
        "slug": (STRING, [finding.slug for finding in findings]),
        **{name: (STRING, [getattr(finding, name) for finding in findings]) for name in texts},
        "row": (COUNT, [finding.row for finding in findings]),
        "field": (STRING, [finding.field for finding in findings]),
        "task_id": (STRING, [finding.task_id for finding in findings]),
        "value": (STRING, [finding.value for finding in findings]),
        "message": (STRING, [finding.message for finding in findings]),
        "fix": (STRING, [finding.fix and finding.fix.value for finding in findings]),
        "fix_is_safe": (TRUTH, [finding.fix and finding.fix.safe for finding in findings]),
    })  # fmt: skip


def rows_frame(collection: Collection) -> pd.DataFrame:
    """One row per task row of every list, by file, sheet and row; ``reporting_unit`` is whose list it stands in."""
    frame = collection.frame.copy()
    units = [collection.unit_of(position) for position in range(len(collection))]
    frame.insert(0, REPORTING_UNIT, typed_array(units, STRING))
    return frame
