"""The times of pages at several sizes as small curves in one SVG, and as a table in Markdown."""

from collections.abc import Mapping, Sequence
from html import escape

COLUMNS, WIDTH, HEIGHT = 4, 210, 120  # of one small plot, in the drawing's own units
LEFT, RIGHT, HEAD, FOOT = 40, 10, 34, 24
COLOURS = {"queries": "#8a5a00", "time": "#1b4d8f", "line": "#c9c9c9", "text": "#222222"}
Costs = Mapping[str, Sequence[tuple[int, float]]]  # of each page, at each size: queries, and the median in ms


def as_svg(costs: Costs, sizes: Mapping[str, Sequence[str]]) -> str:
    """A small plot for each page, all on one scale, so that they can be compared; ``sizes`` names their sizes."""
    top = max(median for cost in costs.values() for _queries, median in cost)
    plots = [
        f'<g transform="translate({place % COLUMNS * WIDTH} {place // COLUMNS * HEIGHT})">'
        f"{_plot(name, cost, sizes[name], top)}</g>"
        for place, (name, cost) in enumerate(costs.items())
    ]
    width, height = COLUMNS * WIDTH, -(-len(costs) // COLUMNS) * HEIGHT
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif"'
        f' font-size="9" fill="{COLOURS["text"]}"><title>Milliseconds of each page as the alliance grows</title>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(plots)}</svg>\n'
    )


def _plot(name: str, cost: Sequence[tuple[int, float]], sizes: Sequence[str], top: float) -> str:
    bottom, step = HEIGHT - FOOT, (WIDTH - LEFT - RIGHT) / max(len(cost) - 1, 1)
    points = [
        (LEFT + step * place, bottom - (bottom - HEAD) * median / top) for place, (_number, median) in enumerate(cost)
    ]
    scale = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at}" y2="{at}" stroke="{COLOURS["line"]}"/>'
        f'<text x="{LEFT - 4}" y="{at + 3}" text-anchor="end">{label}</text>'
        for at, label in ((HEAD, f"{top:.0f} ms"), (bottom, "0"))
    )
    sides = ["start", *["middle"] * (len(cost) - 2), "end"]  # so that plots side by side keep apart
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5" fill="{COLOURS["time"]}"/>'
        f'<text x="{x:.1f}" y="{y - 6:.1f}" text-anchor="{side}">{median:.0f}</text>'
        f'<text x="{x:.1f}" y="{bottom + 12}" text-anchor="{side}">{escape(size)}</text>'
        for (x, y), (_number, median), size, side in zip(points, cost, sizes, sides, strict=True)
    )
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    queries = " / ".join(str(number) for number in dict.fromkeys(number for number, _median in cost))
    return (
        f'<text x="{LEFT}" y="12" font-size="11">{escape(name)}</text>'
        f'<text x="{WIDTH - RIGHT}" y="12" text-anchor="end" fill="{COLOURS["queries"]}">{queries} queries</text>'
        f'{scale}<polyline points="{line}" fill="none" stroke="{COLOURS["time"]}" stroke-width="1.5"/>{dots}'
    )


def as_table(costs: Costs, sizes: Mapping[str, Sequence[str]]) -> str:
    """One row for each page: its queries and times at each size, and how much longer the largest takes."""
    rows = ["| page | of what | queries | median, ms | ratio |", "| --- | --- | --- | --- | --- |"]
    for name, cost in costs.items():
        queries = " / ".join(str(number) for number, _median in cost)
        medians = " / ".join(f"{median:.1f}" for _number, median in cost)
        ratio = cost[-1][1] / cost[0][1]
        rows.append(f"| {name} | {' / '.join(sizes[name])} | {queries} | {medians} | {ratio:.2f} |")
    return "\n".join([*rows, ""])
