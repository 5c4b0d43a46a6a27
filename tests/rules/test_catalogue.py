"""The catalogue is complete, well formed, and every rule can explain itself and speak both languages."""

from __future__ import annotations

import string

import pytest

from rectify_xl.rules import FAMILIES, Rule, catalogue
from rectify_xl.rules.rule import SECTIONS
from rectify_xl.schema.loading import load_schema
from tests.rules.harness import CASES, read_cases

SLUGS = {
    "S": """unreadable-file encrypted-file disguised-file resource-limit no-task-table missing-column not-a-workbook
        unknown-column duplicate-column hidden-rows hidden-sheet has-macros external-links formula-error uncached-formula
        rounded-number empty-submission extra-sheet wrong-template""",
    "V": """required-missing wrong-type not-allowed out-of-range text-too-long control-characters untrimmed-text text-date
        polluted-text garbled-text censored-text formula-like-text""",
    "L": "missing-leader leader-without-name leader-without-title unknown-leader several-leaders leader-overload",
    "U": """missing-unit unknown-unit former-unit-name alias-unit-name no-lead-unit collective-unit unit-in-both-roles
        measure-number-out-of-range""",
    "D": """missing-deadline vague-deadline undated-deadline impossible-date unreadable-deadline ambiguous-deadline
        yearless-deadline deadline-before-issue deadline-is-status deadline-with-other-text deadline-off-node implausible-date""",
    "P": """overdue due-soon done-without-date done-without-evidence completed-in-future completed-before-issue
        status-percent-mismatch empty-progress vague-progress unverifiable-target closed-without-acceptance
        publicity-too-short date-order missing-status status-date-mismatch
        done-by-date""",
    "X": """duplicate-task conflicting-reports not-submitted late-submission superseded-submission count-mismatch
        number-gap""",
}
FIXES = {
    "safe": {"control-characters", "untrimmed-text", "text-date", "former-unit-name", "alias-unit-name"},
    "unsafe": {"yearless-deadline", "unreadable-deadline"},
}
RULES = {rule.slug: rule for rule in catalogue()}
LEAST_CASES = 2


def named() -> dict[str, str]:
    """Slug -> family."""
    return {slug: family for family, slugs in SLUGS.items() for slug in slugs.split()}


def test_every_slug_is_a_rule_of_its_family() -> None:
    """No rule of the list is missing, and each stands in its family."""
    for slug, family in named().items():
        assert RULES[slug].code[0] == family


def test_codes_are_unique_and_well_formed() -> None:
    """A family letter and three digits, the first of which is the family's own."""
    codes = [rule.code for rule in RULES.values()]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert code[0] in FAMILIES
        assert code[1:].isdigit()
        assert len(code) == len("S101")
        assert int(code[1]) == FAMILIES.index(code[0]) + 1


def test_fixes_are_those_of_the_catalogue() -> None:
    """A rule offers a fix exactly when the catalogue says so."""
    for kind, slugs in FIXES.items():
        assert {slug for slug in named() if RULES[slug].fix == kind} == slugs


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)
def test_documentation_has_its_parts(rule: Rule) -> None:
    """Both languages: a title, and the four parts in order, none of them empty."""
    for language, headings in SECTIONS.items():
        lines = rule.doc[language].splitlines()
        assert all(rule.documentation(language))
        at = [lines.index(heading) for heading in headings]
        assert at == sorted(at)


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)
def test_fields_are_columns(rule: Rule) -> None:
    """The columns that a rule names exist in the schemas we ship."""
    known = {key for name in ("task_list", "acceptance_ledger") for key in load_schema(name).keys}
    assert {*rule.fields.keys, *rule.fields.besides} <= known
    assert rule.fields.is_general or rule.fields.is_empty == (not rule.fields.of(load_schema()))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)
def test_messages_name_the_same_facts(rule: Rule) -> None:
    """The two languages say the same; a fact in words exists once per language."""
    facts = {
        language: {name.removesuffix("_en") for _, name, _, _ in string.Formatter().parse(text) if name}
        for language, text in rule.message.items()
    }
    assert facts["zh"] - {"label"} == facts["en"] - {"label"}


@pytest.mark.parametrize("slug", sorted({*named(), *RULES}))
def test_every_rule_has_cases(slug: str) -> None:
    """At least two cases that fail and two that pass, for the slugs of the catalogue and for whatever was added since."""
    kinds = [case.kind for case in read_cases(slug)]
    assert kinds.count("fail") >= LEAST_CASES
    assert kinds.count("pass") >= LEAST_CASES


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.slug)
def test_a_rule_that_judges_rows_by_what_is_new_says_so(rule: Rule) -> None:
    """Else its findings would be lost when the same file is merged again, since nothing is new in it then."""
    used = rule.check.__globals__.keys()
    asks_for_news = bool({"comparison_of", "outcomes", "stated_reports"} & used)
    points_into_lists = bool({"at", "in_file"} & used)
    assert rule.judges_news or not (asks_for_news and points_into_lists)


def test_every_page_is_a_rule() -> None:
    """No page of cases is left behind when a rule is renamed."""
    assert {page.stem for page in CASES.glob("*.md")} - {"README"} <= set(RULES)
