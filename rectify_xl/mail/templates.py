"""The words of a message: Jinja2 templates from templates/mail, or the campaign folder's own in their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.resources import resource
from rectify_xl.mail.address import checked_line
from rectify_xl.workers.trial import check_harmless

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LAYOUT = "layout.html.j2"
OWN_FOLDER = ("templates", "mail")
_GAP = LazyPattern(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Words:
    """A message's subject and text, plain and as HTML."""

    subject: str
    text: str
    html: str


class Templates:
    """The templates of one campaign folder. What units wrote only ever fills them: it is never a template itself."""

    def __init__(self, folder: Path, *, trial: bool = True) -> None:
        """``folder`` is the campaign's; a template in its templates/mail/ is used instead of the shipped one.

        With ``trial`` an own template is filled in a limited process first, once for each kind of message: loops can be
        without an end, and texts double in every turn.
        """
        self._folder = folder
        self._tried: set[str] | None = set() if trial else None
        loader = ChoiceLoader([FileSystemLoader(folder.joinpath(*OWN_FOLDER)), FileSystemLoader(resource("templates", "mail"))])
        # The sandbox: a template from a shared folder cannot reach files, the network or this process.
        self._environment = SandboxedEnvironment(
            loader=loader,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),
        )

    def words(self, kind: str, lang: str, facts: Mapping[str, Any]) -> Words:
        """The words of one message. A template's first line is the subject.

        Raises:
            RectifyError: a template is missing or wrong.
        """
        name = f"{kind}.{lang}.txt.j2"
        if self._tried is not None and name not in self._tried and self._folder.joinpath(*OWN_FOLDER).is_dir():
            what = Text(f"邮件模板 {name} ", f"mail template {name}")
            check_harmless("rectify_xl.mail.template_worker", (str(self._folder), kind, lang, facts), what)
            self._tried.add(name)
        subject, _, text = self._filled(name, facts).strip().partition("\n")
        paragraphs = _GAP.split(text.strip())
        html = self._filled(LAYOUT, {"lang": lang, "paragraphs": [paragraph.split("\n") for paragraph in paragraphs]})
        return Words(checked_line(subject, Text("邮件标题", "the subject")), "\n\n".join(paragraphs) + "\n", html.strip() + "\n")

    def _filled(self, name: str, facts: Mapping[str, Any]) -> str:
        try:
            return self._environment.get_template(name).render(facts)
        except TemplateNotFound as error:
            missing = error.message or name
            raise RectifyError(
                f"找不到邮件模板 {missing}；请恢复 templates/mail 里的文件",
                f"there is no mail template {missing}; restore the files in templates/mail",
            ) from error
        except TemplateSyntaxError as error:
            raise RectifyError(
                f"邮件模板 {error.name} 第 {error.lineno} 行写错了：{error.message}",
                f"mail template {error.name}, line {error.lineno}: {error.message}",
            ) from error
        except RecursionError as error:
            raise RectifyError(
                f"邮件模板 {name} 不断调用自身，填不出来；请对照软件自带的模板检查",
                f"mail template {name} calls itself without an end; compare it with the one that ships with the program",
            ) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, MemoryError) as error:
            raise RectifyError(
                f"邮件模板 {name} 填不出来：{error}；请对照软件自带的模板检查",
                f"mail template {name} cannot be filled: {error}; compare it with the one that ships with the program",
            ) from error
