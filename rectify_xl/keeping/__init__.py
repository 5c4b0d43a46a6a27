"""What did the office do in its master? What is its own work there is done again in the master that takes its place.

A master is written from its records, always in the same way. So what the office did besides, in looks, comments, sheets of its
own, is what differs between the workbook that it left and the one that we would have written from the very same records.
"""

from rectify_xl.keeping.books import Book
from rectify_xl.keeping.keep import Kept, Sheets, Widths, keep, widths_of

__all__ = ["Book", "Kept", "Sheets", "Widths", "keep", "widths_of"]
