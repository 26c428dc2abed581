"""Reads the layer table of ARCHITECTURE.md."""

import re
from dataclasses import dataclass
from pathlib import Path

from layers.libraries import LIBRARIES

COLUMNS = ("layer", "may use", "holds", "outside library")


class MalformedTable(Exception):
    """The table is missing or says something that cannot be checked."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True)
class Layer:
    """One row: the layers it names, and the outside libraries it may include."""

    name: str
    uses: tuple[str, ...]
    libraries: frozenset[str]


def read_layers(path: Path) -> dict[str, Layer]:
    """Every layer by name, `uses` widened to its transitive closure."""
    if not path.is_file():
        raise MalformedTable(0, "there is no ARCHITECTURE.md")
    rows = _table_rows(path.read_text(encoding="utf-8").splitlines())
    layers: dict[str, Layer] = {}
    for number, cells in rows:
        layer = _parse_row(number, cells)
        if layer.name in layers:
            raise MalformedTable(number, f"layer {layer.name} stands there twice")
        layers[layer.name] = layer
    return {name: _with_closure(layers, name) for name in layers}


def _table_rows(lines: list[str]) -> list[tuple[int, list[str]]]:
    heading = next((i for i, line in enumerate(lines) if line.rstrip() == "## Layers"), None)
    if heading is None:
        raise MalformedTable(0, "there is no heading '## Layers'")
    table: list[tuple[int, list[str]]] = []
    for index in range(heading + 1, len(lines)):
        line = lines[index].strip()
        if line.startswith("|"):
            table.append((index + 1, [cell.strip() for cell in line.strip("|").split("|")]))
        elif table or line.startswith("#"):
            break
    _check_head(heading + 1, table)
    return table[2:]


def _check_head(heading: int, table: list[tuple[int, list[str]]]) -> None:
    if len(table) < 3:
        raise MalformedTable(heading, "there is no table with a row under '## Layers'")
    number, head = table[0]
    fits = len(head) == len(COLUMNS) and all(map(str.startswith, head, COLUMNS))
    if not fits:
        raise MalformedTable(number, f"the columns are not {' | '.join(COLUMNS)}")
    for number, cells in table[1:]:
        if len(cells) != len(COLUMNS):
            raise MalformedTable(number, f"a row of {len(cells)} cells, not {len(COLUMNS)}")


def _parse_row(number: int, cells: list[str]) -> Layer:
    name = cells[0].strip("`")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise MalformedTable(number, f"'{cells[0]}' is no layer name")
    uses = tuple(part.strip("`") for part in _parts(cells[1]))
    libraries = frozenset(part.split()[0] for part in _parts(cells[3]))
    for library in libraries - LIBRARIES.keys():
        raise MalformedTable(number, f"outside library '{library}' is unknown to tools/layers")
    return Layer(name, uses, libraries)


def _parts(cell: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)", "", cell).strip()
    if plain == "-":
        return []
    parts = [part.strip() for part in plain.split(",")]
    return [part for part in parts if part]


def _with_closure(layers: dict[str, Layer], name: str) -> Layer:
    reached: set[str] = set()
    waiting = list(layers[name].uses)
    while waiting:
        used = waiting.pop()
        if used not in layers:
            raise MalformedTable(0, f"layer {name} uses '{used}', which has no row")
        if used not in reached:
            reached.add(used)
            waiting.extend(layers[used].uses)
    if name in reached:
        raise MalformedTable(0, f"layer {name} uses itself through {', '.join(sorted(reached))}")
    return Layer(name, tuple(sorted(reached)), layers[name].libraries)
