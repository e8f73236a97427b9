"""Tables drawn with |: the heading line names the columns, a column of 环比 is the change of the one before it."""

from __future__ import annotations

from resumption.extraction import lazy_re as re
from resumption.extraction.figures import Figure, read_basis
from resumption.extraction.state import State
from resumption.extraction.words import Word
from resumption.items import Unit

_CHANGE = re.compile(r"环比|同比|较|增减|变化|比上")


def table_head(text: str, line: tuple[int, int], names: list[Word], domain: str) -> list[tuple[str, str]]:
    """Indicator and kind of every cell of a heading line; ("", "") for a cell that is no figure."""
    cells: list[tuple[str, str]] = []
    last = ""
    start = line[0]
    for piece in text[line[0] : line[1]].split("|"):
        end = start + len(piece)
        name = next((w for w in names if start <= w.start < end), None)
        if name is not None and not _CHANGE.search(piece):
            last = "project_resumption_rate" if name.code == "resumption_rate" and domain == "project" else name.code
            cells.append((last, "level"))
        elif _CHANGE.search(piece) and last:
            cells.append((last, "change " + piece))
        else:
            cells.append(("", ""))
        start = end + 1
    return cells


def table_cell(figure: Figure, text: str, state: State) -> bool:
    """Decide a figure of a row by its column; False if the line is no row of the table."""
    if figure.q.unit not in (Unit.PERCENT, Unit.PERCENTAGE_POINT):
        return False
    line = max(text.rfind("\n", 0, figure.q.start), -1) + 1
    column = text.count("|", line, figure.q.start)
    stop = text.find("\n", figure.q.end)
    if text.count("|", line, stop if stop >= 0 else len(text)) + 1 != len(state.cells) or not state.cells[column][0]:
        return False
    code, kind = state.cells[column]
    figure.family = "rate"
    figure.accept(code, "<column of a table>")
    if kind.startswith("change"):
        figure.kind, figure.basis = "change", read_basis(kind)
        figure.sign = -1 if text[figure.q.start - 1] in "-－−" or figure.q.value < 0 else 1
    return True
