"""Finds headers that include each other in a circle."""

from layers.source_file import SourceFile
from reporting.finding import Finding


def find_cycles(files: list[SourceFile]) -> list[Finding]:
    graph = _header_graph(files)
    done: set[str] = set()
    findings = []
    for start in graph:
        cycle = _first_cycle(graph, start, done)
        if cycle:
            circle = " -> ".join(cycle)
            findings.append(Finding(cycle[0], 0, "headers include each other", found=circle))
    return findings


def _header_graph(files: list[SourceFile]) -> dict[str, list[str]]:
    headers = {file.path: file for file in files if file.is_header}
    return {
        path: [
            target
            for include in file.includes
            if include.quoted and (target := _file_of(include.path)) in headers
        ]
        for path, file in headers.items()
    }


def _file_of(include: str) -> str:
    if include.startswith("hallmark/"):
        return f"include/{include}"
    return include if include.startswith(("cli/", "fuzz/", "bench/")) else f"src/{include}"


def _first_cycle(graph: dict[str, list[str]], start: str, done: set[str]) -> list[str]:
    """Walks depth first from start; `done` holds the headers known to lead to no new cycle."""
    trail: list[str] = []
    pending = [iter([start])]
    while pending:
        header = next(pending[-1], None)
        if header is None:
            pending.pop()
            if trail:
                done.add(trail.pop())
        elif header in trail:
            done.update(trail)
            return [*trail[trail.index(header) :], header]
        elif header not in done:
            trail.append(header)
            pending.append(iter(graph[header]))
    return []
