"""The statistics of docs/method.md, written from that page alone: nothing is taken from the Java code.

Values are logarithms of the ratios of rounds. Every choice of signs and every subset is written down,
which takes 2^24 numbers at most.
"""

import numpy as np
from scipy.stats import binom
from scipy.stats import t as student

FALSE_VERDICTS = 0.01
LEAST_ROUNDS = 10
MOST_ROUNDS = 24

# Sums that are equal on paper may differ in the last bits.
ROUNDING = 1e-12


def geometric_mean(values):
    """The geometric mean of the ratios that have these logarithms."""
    return np.exp(np.mean(values))


def p_value(values):
    """Twice the share of all choices of signs that lie at least as far out as what was measured."""
    sums = np.zeros(1)
    for size in np.abs(values):
        sums = np.concatenate((sums - size, sums + size))
    measured = abs(np.sum(values)) - ROUNDING * np.sum(np.abs(values))
    return min(1.0, 2 * np.count_nonzero(sums >= measured) / len(sums))


def subset_means(values):
    """The means of all subsets of the values but the empty one, in no order."""
    sums = np.zeros(1)
    sizes = np.zeros(1)
    for value in values:
        sums = np.concatenate((sums, sums + value))
        sizes = np.concatenate((sizes, sizes + 1))
    return sums[1:] / sizes[1:]


def interval(values, level):
    """Lowest and highest centre that the test does not reject at the level, and the confidence.

    Hartigan 1969: the true centre falls into each of the gaps between the sorted means of subsets with
    the same chance. So many gaps are cut off at either side as the level allows, and one at least. Only the
    two ends are sorted into their places.
    """
    gaps = 2 ** len(values)
    cut = max(1, int(level / 2 * gaps))
    means = subset_means(values)
    first, last = cut - 1, len(means) - cut
    means.partition([first, last])
    return means[first], means[last], 1 - 2 * cut / gaps


def holm(p_values, family_level=FALSE_VERDICTS):
    """The level at which each p value is judged: all from the first failure on share the level of it."""
    levels = [0.0] * len(p_values)
    failed = None
    for rank, index in enumerate(np.argsort(p_values, kind="stable")):
        levels[index] = failed or family_level / (len(p_values) - rank)
        if p_values[index] > levels[index]:
            failed = levels[index]
    return levels


def detectable(control, comparisons):
    """The smallest change, as a share, that the A/A pair's own rounds would have shown."""
    low, high, _ = interval(control, FALSE_VERDICTS / comparisons)
    return np.exp(max(abs(low), abs(high))) - 1


def enough(rounds, comparisons):
    """Whether so many rounds can judge so many comparisons."""
    allowed = LEAST_ROUNDS <= rounds <= MOST_ROUNDS
    return allowed and 2 / 2**rounds <= FALSE_VERDICTS / comparisons


def mean_interval(scores, least=2):
    """The mean of positive scores and its interval of 95 %, Student's t; no interval for few of them."""
    mean = np.mean(scores)
    if len(scores) < least:
        return mean, np.nan, np.nan
    error = np.std(scores, ddof=1) / np.sqrt(len(scores))
    reach = student.ppf(0.975, len(scores) - 1) * error
    return mean, max(0.0, mean - reach), mean + reach


def total_interval(scores, operations, rate):
    """The average over operations of all iterations and the interval of such a ratio; a mean if all have as many."""
    scores, operations = np.asarray(scores, float), np.asarray(operations, float)
    over = operations if not rate else operations / scores
    total = np.sum(scores * over) / np.sum(over)
    if len(scores) < 3:
        return total, np.nan, np.nan
    # Cochran 1977, chapter 6: the residuals of the ratio, as Student's t.
    residuals = (scores - total) * over
    error = np.sqrt(np.sum(residuals**2) / (len(scores) * (len(scores) - 1))) / np.mean(over)
    reach = student.ppf(0.975, len(scores) - 1) * error
    return total, max(0.0, total - reach), total + reach


def median_interval(shots):
    """The median, and the interval of 95 % at least between two of the shots; no interval for few of them."""
    ranks = int(binom.ppf(0.025, len(shots), 0.5))
    ordered = np.sort(shots)
    ends = (ordered[ranks - 1], ordered[-ranks]) if ranks > 0 else (np.nan, np.nan)
    return np.median(ordered), *ends
