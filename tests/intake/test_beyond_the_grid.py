"""What a damaged file puts beyond Excel's last row and column has no address, and reaches no rule."""

from __future__ import annotations

from rectify_xl.intake.grid import LAST_COLUMN, LAST_ROW, Merge, Sheet, cut_to_grid


def test_what_lies_beyond_is_left_out_and_the_last_cell_stays() -> None:
    inside = Merge(1, 1, LAST_ROW, LAST_COLUMN)
    sheet = Sheet("清单", merges=[inside, Merge(1, 1, 2, 38_000), Merge(1, 1, LAST_ROW + 1, 2)])
    sheet.cells[LAST_ROW] = {LAST_COLUMN: "末", LAST_COLUMN + 1: "外"}
    sheet.cells[LAST_ROW + 1] = {1: "外"}
    sheet.hidden_columns, sheet.widths = {1, 38_000}, {1: 9.0, 38_000: 9.0}
    sheet.struck = {(1, 1): "旧", (1, 38_000): "外"}
    cut_to_grid(sheet)
    assert (sheet.merges, dict(sheet.cells)) == ([inside], {LAST_ROW: {LAST_COLUMN: "末"}})
    assert (sheet.hidden_columns, sheet.widths) == ({1}, {1: 9.0})
    assert sheet.struck == {(1, 1): "旧"}
