"""What the kinds of deadline are called."""

from __future__ import annotations

KIND_LABELS: dict[str, dict[str, str]] = {
    "dated": {"zh": "有日期", "en": "dated"},
    "immediate": {"zh": "立行立改", "en": "immediate"},
    "long_term": {"zh": "长期坚持", "en": "long-term"},
    "phased": {"zh": "分阶段", "en": "phased"},
    "recurring": {"zh": "定期", "en": "recurring"},
    "done": {"zh": "已完成", "en": "done"},
    "vague": {"zh": "含糊", "en": "vague"},
    "invalid": {"zh": "无法识别", "en": "unreadable"},
}
