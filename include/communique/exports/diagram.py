"""The entity-relationship diagram of the marts, as an SVG that is drawn from the dbt project."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from communique.catalogue import Catalogue, Column, Table

_TITLES = ("What is named", "Articles and sources", "What was said and held", "Answers")

_WIDTH, _GAP = 236, 120
_HEADER, _ROW, _SPACE = 26, 18, 22
_MARGIN, _TOP = 24, 64
_SWEEPS = 8
_KEY_CLASS = ' class="key"'

_STYLE = """
svg { color-scheme: light dark; background: Canvas; color: CanvasText;
  font: 12px system-ui, sans-serif; }
text { fill: CanvasText; }
.column { font-size: 13px; fill: light-dark(#566370, #9dabb8); }
.box { fill: Canvas; stroke: GrayText; }
.head { fill: light-dark(#dde8f0, #23384a); stroke: GrayText; }
.name { font-weight: 600; }
.key { font-weight: 600; }
.type { fill: light-dark(#566370, #9dabb8); text-anchor: end; font-size: 10px; }
.edge { fill: none; stroke: light-dark(#5b7fa0, #86a9c9); stroke-opacity: .5; }
.edge:hover { stroke: light-dark(#c0392b, #ff8a70); stroke-opacity: 1; stroke-width: 2.5; }
"""


@dataclass(frozen=True, kw_only=True)
class _Box:
    """A table at its place; `column` counts from the left."""

    table: Table
    rows: tuple[Column, ...]
    column: int
    x: int
    y: int

    @property
    def height(self) -> int:
        return _HEADER + _ROW * len(self.rows) + 6

    def row_y(self, name: str) -> int:
        """The middle of the row of a column of the table; the header for one that is not shown."""
        shown = [row.name for row in self.rows]
        if name not in shown:
            return self.y + _HEADER // 2
        return self.y + _HEADER + _ROW * shown.index(name) + _ROW // 2 + 3


def draw(catalogue: Catalogue) -> str:
    """Draw keys and references of all tables: what is referred to stands to the left."""
    boxes = _place(catalogue)
    width = _MARGIN * 2 + _WIDTH * len(_TITLES) + _GAP * (len(_TITLES) - 1)
    height = max(box.y + box.height for box in boxes.values()) + _MARGIN
    rules = "".join(
        f"svg:has(.t-{name}:hover) .e-{name} "
        "{ stroke: light-dark(#c0392b, #ff8a70); stroke-opacity: 1; stroke-width: 2; }\n"
        for name in boxes
    )
    titles = "".join(
        f'<text class="column" x="{_x(number)}" y="{_TOP - 24}">{escape(title)}</text>'
        for number, title in enumerate(_TITLES)
    )
    edges = "".join(
        _edge(box, column, boxes[reference.table], reference.column)
        for box in boxes.values()
        for column, reference in box.table.references
    )
    drawn = "".join(map(_drawn, boxes.values()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="title description">'
        "<title id='title'>The tables of the warehouse and how they refer to each other</title>"
        "<desc id='description'>Each box is a table with its key in bold and the columns that "
        "refer to other tables. The data dictionary says the same in words.</desc>"
        f"<style>{_STYLE}{rules}</style>{titles}{edges}{drawn}</svg>\n"
    )


def _column_of(table: Table) -> int:
    if not table.name.startswith(("dim_", "fct_")):
        is_detail = any(reference.column == "statement_id" for _, reference in table.references)
        return 2 if table.name.endswith(("_spans", "_stances")) and is_detail else 3
    if table.name.startswith("fct_"):
        return 2
    referred = {reference.table for _, reference in table.references} - {table.name}
    about_articles = {"dim_articles", "dim_article_versions"}
    is_article = table.name in about_articles or referred & about_articles
    return 1 if is_article and not table.name.startswith("dim_actor") else 0


def _place(catalogue: Catalogue) -> dict[str, _Box]:
    """Put the tables of each column into an order in which their lines cross little."""
    columns: list[list[Table]] = [[] for _ in _TITLES]
    for table in catalogue.tables:
        columns[_column_of(table)].append(table)
    boxes = _stack(columns)
    for _ in range(_SWEEPS):
        for tables in columns:
            tables.sort(key=lambda table: _centre_of_neighbours(table, boxes))
            boxes = _stack(columns)
    return boxes


def _centre_of_neighbours(table: Table, boxes: dict[str, _Box]) -> tuple[float, str]:
    linked = [reference.table for _, reference in table.references]
    linked += [
        other.table.name
        for other in boxes.values()
        for _, reference in other.table.references
        if reference.table == table.name
    ]
    centres = [boxes[name].y + boxes[name].height / 2 for name in linked if name != table.name]
    return (sum(centres) / len(centres) if centres else 1e9, table.name)


def _stack(columns: Sequence[Sequence[Table]]) -> dict[str, _Box]:
    boxes = {}
    for number, tables in enumerate(columns):
        y = _TOP
        for table in tables:
            rows = tuple(one for one in table.columns if one.is_key or one.reference)
            box = _Box(table=table, rows=rows, column=number, x=_x(number), y=y)
            boxes[table.name] = box
            y += box.height + _SPACE
    return boxes


def _x(column: int) -> int:
    return _MARGIN + column * (_WIDTH + _GAP)


def _drawn(box: _Box) -> str:
    name = escape(box.table.name)
    rows = "".join(
        f'<text x="{box.x + 10}" y="{box.row_y(row.name) + 4}"'
        f"{_KEY_CLASS if row.is_key else ''}>{escape(row.name)}</text>"
        f'<text class="type" x="{box.x + _WIDTH - 10}" y="{box.row_y(row.name) + 4}">'
        f"{escape(row.data_type)}</text>"
        for row in box.rows
    )
    return (
        f'<a href="dictionary.html#{name}" class="t-{name}">'
        f"<title>{escape(box.table.description)}</title>"
        f'<rect class="box" x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{box.height}" rx="5"/>'
        f'<rect class="head" x="{box.x}" y="{box.y}" width="{_WIDTH}" height="{_HEADER}" rx="5"/>'
        f'<text class="name" x="{box.x + 10}" y="{box.y + 17}">{name}</text>{rows}</a>'
    )


def _edge(box: _Box, column: Column, to: _Box, to_column: str) -> str:
    start_y, end_y = box.row_y(column.name), to.row_y(to_column)
    if to.column < box.column:
        start_x, end_x = box.x, to.x + _WIDTH
        bend = max(50, (start_x - end_x) // 2)
        path = (
            f"M{start_x},{start_y} C{start_x - bend},{start_y} "
            f"{end_x + bend},{end_y} {end_x},{end_y}"
        )
    else:
        start_x, end_x = box.x + _WIDTH, to.x + (_WIDTH if to.column == box.column else 0)
        bend = 46 if to.column == box.column else -max(50, (end_x - start_x) // 2)
        path = (
            f"M{start_x},{start_y} C{start_x + abs(bend)},{start_y} "
            f"{end_x + bend},{end_y} {end_x},{end_y}"
        )
    names = f"{box.table.name}.{column.name} → {to.table.name}.{to_column}"
    return (
        f'<path class="edge e-{escape(box.table.name)} e-{escape(to.table.name)}" d="{path}">'
        f"<title>{escape(names)}</title></path>"
    )
