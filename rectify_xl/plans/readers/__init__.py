"""One file per kind of document: its bytes become paragraphs and tables, in reading order."""
