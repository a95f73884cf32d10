"""Figures and verdicts as parts of sentences."""

import numpy as np


def verdict(pair):
    """The verdict in words that fit into a sentence."""
    return {
        "faster": "faster than",
        "slower": "slower than",
        "cannot tell": "not to be told from",
        "none": "without a verdict against",
    }[pair.verdict] + f" `{pair.other}`"


def figure(value):
    """Three digits, or all before the point."""
    if value == 0 or not np.isfinite(value):
        return f"{value:g}"
    decimals = 2 - int(np.floor(np.log10(abs(value))))
    return f"{value:,.{max(0, decimals)}f}"


def span(low, high):
    """Both ends of an interval."""
    if np.isnan(low):
        return "no interval"
    return f"{figure(low)} to {figure(high)}"


def share(value):
    """A share as percent."""
    return f"{100 * value:.2f} %".replace(".00 %", " %")


def count(number, name):
    """A number of things."""
    return f"{number} {name}" + ("" if number == 1 else "s")


def listed(names):
    """Names as part of a sentence."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
