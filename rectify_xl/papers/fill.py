"""A Word template and what fills it -> the bytes of a paper, the same for the same input."""

from __future__ import annotations

import shutil
import zipfile
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from docx import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml import etree

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.resources import resource
from rectify_xl.papers.template_errors import stray_mark, template_error, unknown_names
from rectify_xl.provenance.stamp import LONGEST
from rectify_xl.workbook.cells import clean
from rectify_xl.workers.trial import check_harmless

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

OWN_FOLDER = "templates"
BULLETIN, NOTICE, CARD, PUBLICITY, DOSSIER = PAPERS = (
    Text("通报.docx", "bulletin.docx"), Text("督办函.docx", "letter.docx"), Text("任务卡.docx", "card.docx"),
    Text("公示稿.docx", "publicity.docx"), Text("验收销号表.docx", "dossier.docx"),
)  # fmt: skip
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_BROKEN = (KeyError, ValueError, OSError, zipfile.BadZipFile, etree.XMLSyntaxError)


def copy_templates(folder: Path, lang: str = "zh") -> list[Path]:
    """Copy the templates of one language into ``folder``/templates; none that is there is touched.

    Raises:
        RectifyError: one is there already, or the folder cannot be written to.
    """
    sources = [
        resource("templates", "papers", name.in_language(lang))
        for name in sorted(PAPERS, key=lambda name: name.in_language(lang))
    ]
    copies = [folder / OWN_FOLDER / source.name for source in sources]
    for path in copies:
        if path.exists():
            raise RectifyError(
                f"{path} 已经存在，没有改动任何文件；要恢复原样，请先把它改名或删除",
                f"{path} exists already, so nothing was changed; to get the original back, rename or delete it first",
            )
    try:
        (folder / OWN_FOLDER).mkdir(parents=True, exist_ok=True)
        for source, path in zip(sources, copies, strict=True):
            shutil.copyfile(source, path)
    except OSError as error:
        raise RectifyError(
            f"{folder}: 写不进这个文件夹（{os_reason(error).zh}）；请换一个位置",
            f"{folder}: nothing can be written into this folder ({os_reason(error).en}); choose another place",
        ) from error
    return copies


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    def fix_tables(self, xml: str) -> Any:  # noqa: ANN401 - lxml has no types
        """The filled body as a tree; docxtpl alone would mend broken XML by leaving out what it cannot place."""
        etree.fromstring(xml.encode())
        return super().fix_tables(xml)


class Template:
    """One Word template: the campaign folder's own, else the one that ships with the program."""

    def __init__(self, name: str, folder: Path | None, *, trial: bool = True) -> None:
        """``folder`` is the campaign's. With ``trial`` its own template is filled in a limited process first."""
        self._name, self._folder, self._untried = name, folder, trial
        own = folder / OWN_FOLDER / name if folder else None
        self._own = own is not None and own.is_file()
        self.path = own if own is not None and self._own else resource("templates", "papers", name)
        try:
            self._content = self.path.read_bytes()
            self._check_words()
        except _BROKEN as error:
            raise self._fault(Text(
                "不是 Word 文档（.docx），或文件已损坏、设有密码；请在 Word 或 WPS 中另存为 .docx",
                "no Word document (.docx), damaged, or with a password; save it as .docx in Word or WPS",
            )) from error  # fmt: skip

    def fill(self, filling: Mapping[str, Any], *, day: date, author: str, identifier: str = "") -> bytes:
        """The paper. What fills it is text and nothing else: no tag in it is read, no character of it is markup.

        Raises:
            RectifyError: the template is wrong; the message says what and where.
        """
        if self._own and self._untried:
            request = (self._name, str(self._folder), dict(filling), day)
            check_harmless("rectify_xl.papers.template_worker", request, Text(f"模板 {self.path} ", f"template {self.path}"))
            self._untried = False
        # The sandbox: a template from a shared folder cannot reach files, the network or this process.
        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        template = _Template(BytesIO(self._content))
        try:
            template.render(dict(filling), environment)
            unknown = template.get_undeclared_template_variables(environment, dict(filling)) if self._own else set()
        except etree.XMLSyntaxError as error:
            raise self._fault(Text(
                "填好后不成文档：{%p …%} 要独占一段，{%tr …%} 要独占表格的一行，开始和结束的标记要在同一层",
                "filled in it is no document: {%p …%} needs a paragraph of its own, {%tr …%} a row of its own, and the marks"
                " that begin and end must stand on one level",
            )) from error  # fmt: skip
        except RecursionError as error:
            raise self._fault(Text("不断调用自身，填不出来", "it calls itself without an end")) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, MemoryError) as error:
            raise self._fault(template_error(error, filling)) from error
        if unknown:
            raise self._fault(unknown_names(unknown, filling))
        properties = template.docx.core_properties
        properties.title = clean(" ".join(str(filling.get("标题") or filling["名称"]).split()))[:LONGEST]
        properties.author = properties.last_modified_by = clean(author)[:LONGEST]
        properties.created = properties.modified = datetime.combine(day, time())
        properties.revision = 1
        if identifier:
            properties.identifier = identifier
        buffer = BytesIO()
        template.docx.save(buffer)
        return _timeless(buffer)

    def lacks(self, name: str) -> bool:
        """Whether it is the office's own and never names a variable."""
        texts = ("".join(part.text or "" for part in element.iter("{*}t")) for element in self._paragraphs())
        return self._own and not any(name in text for text in texts)

    def _paragraphs(self) -> Iterator[Any]:
        yield from Document(BytesIO(self._content)).element.body.iter("{*}p")

    def _check_words(self) -> None:
        """Whether a mark is left that is no tag, as ``{ {`` or a full-width brace: it would be printed."""
        for element in self._paragraphs():
            text = "".join(part.text or "" for part in element.iter("{*}t"))
            if mark := stray_mark(text):
                raise self._fault(mark)

    def _fault(self, message: Text) -> RectifyError:
        return RectifyError(f"模板 {self.path}: {message.zh}", f"template {self.path}: {message.en}")


def _timeless(package: BytesIO) -> bytes:
    """The package with every part's time the same."""
    buffer = BytesIO()
    with zipfile.ZipFile(package) as made, zipfile.ZipFile(buffer, "w") as archive:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), made.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
