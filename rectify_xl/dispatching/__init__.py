"""A master and the settings of a round -> the workbook that each unit is sent, without any looks.

``rectify_xl.workbook.form`` writes it: a dispatched workbook is a template with the office's rows in it.
"""

from __future__ import annotations

from rectify_xl.dispatching.asked import Asked, Request, Section
from rectify_xl.dispatching.form import DispatchForm
from rectify_xl.dispatching.forms import Dispatch, make_forms

__all__ = ["Asked", "Dispatch", "DispatchForm", "Request", "Section", "make_forms"]
