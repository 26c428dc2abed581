"""A bar chart as SVG: how many times as quick, on a scale in which each step is ten times the last.

Written by hand, as it needs a dozen lines of markup and no library.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, LABELS, RIGHT = 800, 330, 70
TOP, STEP, BAR, BOTTOM = 46, 26, 16, 30
STYLE = (
    "text{font:13px sans-serif;fill:#24292f}.title{font-weight:bold;font-size:15px}"
    ".bar{fill:#2f6f9f}.slower{fill:#b3543c}.grid{stroke:#d0d7de}.scale{fill:#57606a}"
)


@dataclass(frozen=True)
class Bar:
    label: str
    ratio: float  # above 0; below 1 it is slower


def bar_chart(title: str, bars: Sequence[Bar]) -> str:
    decades = max(1, math.ceil(math.log10(max([1.0, *(bar.ratio for bar in bars)]))))
    per_decade = (WIDTH - LABELS - RIGHT) / decades
    height = TOP + STEP * len(bars) + BOTTOM
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        _text(12, 24, title, "title"),
        *_grid(decades, per_decade, height - BOTTOM),
    ]
    for number, bar in enumerate(bars):
        lines += _bar(bar, TOP + STEP * number, per_decade)
    return "\n".join([*lines, "</svg>", ""])


def _grid(decades: int, per_decade: float, bottom: int) -> list[str]:
    lines = []
    for decade in range(decades + 1):
        x = round(LABELS + decade * per_decade, 1)
        lines.append(f'<line class="grid" x1="{x}" y1="{TOP - 6}" x2="{x}" y2="{bottom}"/>')
        lines.append(_text(x, bottom + 18, f"{10**decade}x", "scale", "middle"))
    return lines


def _bar(bar: Bar, y: int, per_decade: float) -> list[str]:
    length = round(max(1.0, abs(math.log10(bar.ratio)) * per_decade), 1)
    kind = "bar" if bar.ratio >= 1 else "slower"
    value = f"{bar.ratio:.2f}x" if bar.ratio < 10 else f"{bar.ratio:.0f}x"
    return [
        _text(LABELS - 8, y + 13, bar.label, "label", "end"),
        f'<rect class="{kind}" x="{LABELS}" y="{y}" width="{length}" height="{BAR}"/>',
        _text(LABELS + length + 6, y + 13, value, "value"),
    ]


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
