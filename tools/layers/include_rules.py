"""Judges every #include of a file by the layer table."""

from dataclasses import dataclass

from layers.libraries import is_bench_header, is_system_header, is_test_header, library_of
from layers.source_file import OUTSIDE_LAYERS, Include, SourceFile
from layers.table import Layer
from reporting.finding import Finding

PROJECT_FORM = '"hallmark/<layer>/x.h" or "<layer>/x.h"'


@dataclass(frozen=True)
class IncludeRules:
    """The rules of one table; `check` gives the faults of one file."""

    layers: dict[str, Layer]

    def check(self, file: SourceFile) -> list[Finding]:
        if file.layer not in self.layers and file.layer not in OUTSIDE_LAYERS:
            return [
                Finding(
                    file.path,
                    0,
                    "the file stands in no layer",
                    "a folder that has a row in the layer table",
                    file.layer or "no layer folder",
                )
            ]
        faults = []
        for include in file.includes:
            fault = self._check_include(file, include)
            if fault:
                faults.append(fault)
        return faults

    def _check_include(self, file: SourceFile, include: Include) -> Finding | None:
        if include.quoted:
            return self._check_project_include(file, include)
        if is_system_header(include.path):
            return None
        if is_test_header(include.path):
            return None if file.is_test else _fault(file, include, "a test header outside tests")
        if is_bench_header(include.path):
            in_bench = file.layer == "bench"
            return None if in_bench else _fault(file, include, "a bench header outside bench/")
        return self._check_library_include(file, include)

    def _check_project_include(self, file: SourceFile, include: Include) -> Finding | None:
        parts = include.path.split("/")
        is_public = len(parts) >= 3 and parts[0] == "hallmark"
        used = parts[1] if is_public else parts[0] if len(parts) >= 2 else ""
        if used not in self.layers and used not in OUTSIDE_LAYERS:
            return _fault(file, include, "an include of no known layer", PROJECT_FORM)
        if used == file.layer:
            if file.is_public and not is_public:
                return _fault(file, include, "a public header includes a private one")
            return None
        if used == "testing":
            may_use = file.is_test or file.layer == "fuzz"
            return None if may_use else _fault(file, include, "src/testing is for tests and fuzz/")
        if used not in self._usable(file.layer):
            expected = ", ".join(self._usable(file.layer)) or "no other layer"
            return _fault(file, include, f"layer {file.layer} may not use {used}", expected)
        if not is_public:
            expected = f'"hallmark/{used}/..."'
            return _fault(file, include, f"a private header of layer {used}", expected)
        return None

    def _usable(self, layer: str) -> tuple[str, ...]:
        if layer in self.layers:
            return self.layers[layer].uses
        return tuple(name for name in self.layers if name != "cli")

    def _check_library_include(self, file: SourceFile, include: Include) -> Finding | None:
        library = library_of(include.path)
        if library is None:
            return _fault(file, include, "a header of no known library")
        if library == "tl::expected":
            in_base = file.layer == "base"
            expected = '"hallmark/base/result.h"'
            return None if in_base else _fault(file, include, "tl::expected outside base", expected)
        if file.is_public:
            return _fault(file, include, f"{library} in a public header")
        if library == "fmt" and not file.is_header:
            return None
        return self._check_named_library(file, include, library)

    def _check_named_library(
        self, file: SourceFile, include: Include, library: str
    ) -> Finding | None:
        layer = self.layers.get(file.layer)
        named = layer.libraries if layer else frozenset()
        allowed = {name.split(".")[0] for name in named} | named
        if library in allowed:
            return None
        fault = f"layer {file.layer} may not use {library}"
        return _fault(file, include, fault, ", ".join(sorted(named)) or "no outside library")


def _fault(file: SourceFile, include: Include, fault: str, expected: str = "") -> Finding:
    if not include.path:
        found = "an include without brackets or quotes"
    else:
        found = f'"{include.path}"' if include.quoted else f"<{include.path}>"
    return Finding(file.path, include.line, fault, expected, found)
