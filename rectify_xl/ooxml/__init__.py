"""Edits an .xlsx package in place: what is not edited keeps its bytes, part by part and element by element.

openpyxl and its like read a workbook into objects and write it anew; what they have no object for is lost. Here a part
is a tree whose untouched nodes are the bytes of the file, so nothing has to be understood in order to survive.
"""
