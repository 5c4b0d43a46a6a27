"""What files are by their names."""

from __future__ import annotations

SPREADSHEETS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".et", ".ett"})
# What units send instead of a workbook: they did report, but not as a list.
DOCUMENTS = {
    ".doc": "Word 文档", ".docx": "Word 文档", ".wps": "WPS 文字文档", ".pdf": "PDF 文件", ".ofd": "OFD 文件",
    ".zip": "压缩包", ".rar": "压缩包", ".7z": "压缩包", ".csv": "CSV 文本",
}  # fmt: skip
