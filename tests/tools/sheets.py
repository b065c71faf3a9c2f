"""A sheet of a sample while it is made."""

FIRST_AMOUNT = 1  # amounts start this many columns after the labels


class Sheet:
    """Cells by place, each with a style and the text that is printed there."""

    def __init__(self, name):
        self.name = name
        self.cells = {}
        self.last_row = 0

    def put(self, row, col, text, style):
        if text != "" or style == "section":
            self.cells[row, col] = (text, style)
        self.last_row = max(self.last_row, row)

    def put_line(self, row, col, label, amounts, style="amount"):
        self.put(row, col, label, "sum label" if style == "sum" else "label")
        for i, text in enumerate(amounts):
            self.put(row, col + FIRST_AMOUNT + i, text, style)
