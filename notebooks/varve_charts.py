"""Charts of answers. Each names question, level of durability, medium and run."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import FuncFormatter, LogLocator

from varve_answers import LIMIT, limit_of, others_of
from varve_comparisons import AGAIN
from varve_results import values_of

COLOURS = {"ours": "#1f6fb4", "peer": "#d08b3a", "limit": "#b8b8b8"}
LINES = ["#d08b3a", "#3a8f4d", "#b2453c", "#7a5aa6", "#7b6a4e", "#c06a9c", "#2f9e9e", "#8a8a1f", "#555577"]
BAND = "#dcdcdc"


def scores(answer):
    """Bars with their intervals, the limit as a line through its case."""
    panels = answer.scores.groupby("unit", sort=False)
    if answer.scores.params.str.contains("figure=").any():
        figures = answer.scores.params.str.extract(r"figure=(\w+)")[0]
        panels = answer.scores.groupby(figures, sort=False)
    heights = [len(rows) for _, rows in panels]
    chart, axes = _axes(answer, heights)
    for axis, (_, rows) in zip(axes, panels):
        _bars(axis, rows)
        known = "" if limit_of(rows[rows.params == rows.params.iloc[0]]).empty else ", black: the limit"
        axis.set_xlabel(f"{rows.unit.iloc[0]}, {answer.reach()}{known}")
    return chart


def _bars(axis, rows):
    low = rows.score[rows.score > 0].min()
    log = rows.score.max() > 20 * low
    start = low / 3 if log else 0
    names = []
    for params, case in rows.groupby("params", sort=False):
        limit = limit_of(case)
        shown = case.drop(limit.index)
        places = np.arange(len(names), len(names) + len(shown))
        below = (shown.score - shown.low.clip(lower=start)).clip(lower=0)
        axis.barh(
            places,
            shown.score,
            xerr=[below, shown.high - shown.score],
            color=[COLOURS[kind] for kind in shown.kind],
            capsize=3,
        )
        _limit_line(axis, limit, places, start)
        names += [f"{params}  {system}".strip() for system in shown.system]
    axis.set_yticks(range(len(names)), names)
    axis.invert_yaxis()
    if log:
        axis.set_xscale("log")
        axis.set_xlim(left=start)
        _plain_numbers(axis.xaxis)


def _limit_line(axis, limit, places, start):
    for _, row in limit.iterrows():
        ends = [places[0] - 0.5, places[-1] + 0.5]
        axis.fill_betweenx(ends, max(row.low, start), row.high, color="black", alpha=0.15)
        axis.plot([row.score, row.score], ends, color="black")


def ratios(answer):
    """How many times as fast ours is, with intervals; grey is what the A/A pair does not tell apart."""
    pairs = answer.pairs[np.isfinite(answer.pairs.low)]
    kinds = dict(zip(answer.scores.system, answer.scores.kind))
    chart, (axis,) = _axes(answer, [len(pairs)])
    for place, (_, pair) in enumerate(pairs.iterrows()):
        if np.isfinite(pair.detectable):
            edge = 1 + pair.detectable
            axis.fill_betweenx([place - 0.5, place + 0.5], 1 / edge, edge, color=BAND)
        kind = kinds[pair.other]
        colour = "black" if kind == LIMIT else COLOURS[kind]
        reach = [[pair.ratio - pair.low], [pair.high - pair.ratio]]
        axis.errorbar(pair.ratio, place, xerr=reach, fmt="o", color=colour, capsize=3)
    axis.axvline(1, color="black", linewidth=0.8)
    labels = [f"{pair.params}  {pair.other}: {pair.verdict}".strip() for _, pair in pairs.iterrows()]
    axis.set_yticks(range(len(pairs)), labels)
    axis.invert_yaxis()
    axis.set_xlabel("ours is so many times as fast, black: than a limit")
    if pairs.high.max() > 4 * pairs.low.min():
        axis.set_xscale("log")
        _plain_numbers(axis.xaxis)
    return chart


def growth(answer, parameter):
    """Scores over the values of a parameter, a line for each system."""
    rest = others_of(answer.scores, parameter)
    panels = list(answer.scores.groupby(rest, sort=False))
    chart, axes = _axes(answer, [8] * len(panels))
    for axis, (_, rows) in zip(axes, panels):
        _lines(axis, rows[~rows.system.str.endswith(AGAIN)], parameter)
        axis.set_ylabel(f"{rows.unit.iloc[0]}, {answer.reach()}")
    return chart


def _lines(axis, rows, parameter):
    sizes = values_of(rows, parameter)
    others = iter(LINES)
    for (system, kind), line in rows.groupby(["system", "kind"], sort=False):
        colour = {"ours": COLOURS["ours"], "limit": "black"}.get(kind) or next(others)
        reach = [line.score - line.low, line.high - line.score]
        style = {"marker": "o", "capsize": 3, "color": colour, "label": system}
        axis.errorbar(sizes[line.index], line.score, yerr=reach, **style)
    axis.set_xlabel(parameter)
    axis.set_xscale("log")
    ticks = sorted(set(sizes))
    axis.set_xticks(ticks, labels=[f"{size:g}" for size in ticks])
    axis.minorticks_off()
    if rows.score.min() > 0 and rows.score.max() > 20 * rows.score.min():
        axis.set_yscale("log")
        _plain_numbers(axis.yaxis)
    axis.legend()


def costs(answer, table):
    """Bytes on disk for each byte held, and bytes written for each byte of payload."""
    chart, axes = _axes(answer, [len(table), len(table)])
    names = [f"{row.params}  {row.system}".strip() for row in table.itertuples()]
    labels = {"disk": "bytes on disk per byte held", "written": "bytes written per byte of payload"}
    for axis, (column, label) in zip(axes, labels.items()):
        axis.barh(range(len(table)), table[column], color=[COLOURS[kind] for kind in table.kind])
        axis.axvline(1, color="black")
        axis.set_yticks(range(len(table)), names)
        axis.invert_yaxis()
        axis.set_xlabel(f"{label}, black: nothing but the payload")
    return chart


def _plain_numbers(axis):
    low, high = axis.get_view_interval()
    axis.set_major_locator(LogLocator(subs=(1, 2, 5) if high < 500 * low else (1,)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axis.set_minor_formatter(FuncFormatter(lambda value, _: ""))


def _axes(answer, heights):
    chart, axes = plt.subplots(
        len(heights),
        1,
        figsize=(9, 1.5 + 0.3 * sum(heights) + 0.6 * len(heights)),
        height_ratios=heights,
        squeeze=False,
        layout="constrained",
    )
    chart.suptitle(answer.caption(), fontsize=10)
    return chart, axes[:, 0]
