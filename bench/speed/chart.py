"""Growth curves as SVG: points joined by a line on logarithmic axes, with the exponent they grow by."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

WIDTH, HEIGHT, MARGIN = 640, 360, 64

Point = tuple[float, float]


def exponent(points: Sequence[Point]) -> float:
    """The power of x that y grows by: the slope of the least-squares line through the logarithms."""
    xs, ys = [math.log(x) for x, _ in points], [math.log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    over = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return over / sum((x - mean_x) ** 2 for x in xs)


def svg(title: str, x_label: str, y_label: str, curves: dict[str, Sequence[Point]]) -> str:
    """The curves in one picture; both axes logarithmic, a tick at every power of ten inside the data."""
    xs = [x for points in curves.values() for x, _ in points]
    ys = [y for points in curves.values() for _, y in points]
    across, up = _axis(xs, MARGIN, WIDTH - 24), _axis(ys, HEIGHT - MARGIN, 48)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-size="12"',
        ' font-family="system-ui, sans-serif" fill="#333">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="24" font-size="14" font-weight="bold">{escape(title)}</text>',
        f'<text x="{WIDTH - 24}" y="{HEIGHT - 16}" text-anchor="end">{escape(x_label)}</text>',
        f'<text x="{MARGIN}" y="42">{escape(y_label)}</text>',
    ]
    for value in _ticks(xs):
        parts.append(f'<path d="M{across(value):.1f} 48V{HEIGHT - MARGIN}" stroke="#ddd"/>')
        parts.append(f'<text x="{across(value):.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{value:,g}</text>')
    for value in _ticks(ys):
        parts.append(f'<path d="M{MARGIN} {up(value):.1f}H{WIDTH - 24}" stroke="#ddd"/>')
        parts.append(f'<text x="{MARGIN - 6}" y="{up(value) + 4:.1f}" text-anchor="end">{value:,g}</text>')
    for (name, points), colour in zip(curves.items(), ("#0b5cad", "#b3420b", "#2d7d46"), strict=False):
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="3" fill="{colour}"/>' for x, y in points]
        x, y = points[-1]
        label = f"{name}: ∝ n^{exponent(points):.2f}"
        parts.append(
            f'<text x="{across(x) - 8:.1f}" y="{up(y) - 10:.1f}" text-anchor="end" fill="{colour}">{label}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])


def _axis(values: Sequence[float], begin: float, end: float) -> Callable[[float], float]:
    low, high = math.log(min(values)), math.log(max(values))
    return lambda value: begin + (math.log(value) - low) / ((high - low) or 1) * (end - begin)


def _ticks(values: Sequence[float]) -> list[float]:
    low, high = math.ceil(math.log10(min(values)) - 1e-9), math.floor(math.log10(max(values)) + 1e-9)
    return [10.0**power for power in range(low, high + 1)]
