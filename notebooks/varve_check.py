"""Works out the figures of a run again from its raw data, and refuses what is not so."""

import re
from functools import lru_cache

import numpy as np
import pandas as pd

import varve_statistics as statistics
from varve_comparisons import AGAIN, comparisons
from varve_results import CASE, FORK, ROW, is_largest

SCORE = ["score", "low", "high", "unit"]
COUNTERS = {"ops/s": "PerSecond", "%": "Percent", "us/op": "Micros"}
# JMH's quantile of Student's t is not exact to the last digits.
QUANTILE = 1e-9

# Each iteration is a shot, and they are many: their median counts.
SHOTS = {"reopen"}

FIGURE = re.compile(r";?figure=(\w+)$")


class Differs(AssertionError):
    """A committed figure is not what its raw data give."""


@lru_cache(maxsize=None)
def check(run):
    """Works out every figure of a run anew; raises Differs with all that is not so, else says so."""
    forks = list(_forks(run))
    differing = _summary(run, forks)
    if run.rounds is not None:
        differing += _rounds(run, forks)
    if run.costs is not None:
        differing += _costs(run, forks)
    if run.verdicts is not None:
        differing += _verdicts(run)
    if differing:
        raise Differs(f"{run.name}: " + "; ".join(differing))
    judged = 0 if run.verdicts is None else len(run.verdicts)
    return f"{run.name}: {len(run.summary)} rows and {judged} comparisons are what the raw data give."


def _summary(run, forks):
    """Scores of all iterations, from schema 2 on means over the forks if there are several."""
    measured, scores = {}, {}
    for rows, fork in forks:
        for _, row in rows.iterrows():
            key = (*row[ROW], row.unit)
            measured.setdefault(key, []).append(fork)
            scores.setdefault(key, []).append(_score(run, row, [fork])[0])
    found = []
    for key, values in scores.items():
        *row, unit = key
        if run.schema >= 2 and len(values) > 1:
            found.append([*row, *_mean(run, values), unit])
        else:
            found.append([*row, *_score(run, pd.Series(key, ROW + ["unit"]), measured[key]), unit])
    return _differing(run.summary, pd.DataFrame(found, columns=ROW + SCORE), ROW, 4)


def _rounds(run, forks):
    """The score of each fork against its iterations."""
    found = [
        [*row[FORK + ROW], *_score(run, row, [fork]), row.unit]
        for rows, fork in forks
        for _, row in rows.iterrows()
    ]
    found = pd.DataFrame(found, columns=FORK + ROW + SCORE)
    found = found[[column for column in found.columns if column in run.rounds]]
    return _differing(run.rounds, found, FORK + ROW, 12)


def _costs(run, forks):
    """Allocation and collections against JMH's profiler; nothing else tells of the disk."""
    found = []
    for rows, fork in forks:
        metrics = fork["secondaryMetrics"]
        norm, counts, millis = (
            _raw(metrics[name]) if name in metrics else np.zeros(0)
            for name in ("gc.alloc.rate.norm", "gc.count", "gc.time")
        )
        if len(norm):
            allocated = np.mean(norm) if run.schema < 3 else _allocated(fork, norm)
            figures = [allocated, np.sum(counts), np.sum(millis)]
        else:
            figures = [np.nan] * 3
        found.append([*rows.iloc[0][FORK + ROW], *figures])
    columns = FORK + ROW + ["allocatedBytesPerOp", "gcCount", "gcMillis"]
    return _differing(run.costs, pd.DataFrame(found, columns=columns), FORK + ROW, 3)


def _verdicts(run):
    differing = _differing(run.verdicts, comparisons(run), CASE + ["ours", "other"], 6)
    unexplained = (run.verdicts.verdict == "none") != (run.verdicts.reason != "")
    return differing + [f"reason of verdict {index + 1}" for index in np.flatnonzero(unexplained)]


def _mean(run, values):
    return statistics.mean_interval(values, least=3 if run.schema >= 2 else 2)


def _score(run, row, forks):
    """Score, low and high of the iterations of forks."""
    values = np.concatenate([_iterations(row, fork) for fork in forks])
    if is_largest(row.params, row.unit):
        return np.max(values), np.min(values), np.max(values)
    if run.schema < 3 or FIGURE.search(row.params):
        return _mean(run, values)
    if row.question in SHOTS:
        return statistics.median_interval(values)
    operations = np.concatenate([_operations(fork) for fork in forks])
    return statistics.total_interval(values, operations, row.unit == "ops/s")


def _iterations(row, fork):
    metric = fork["primaryMetric"]
    figure = FIGURE.search(row.params)
    if figure:
        metric = fork["secondaryMetrics"][figure[1] + COUNTERS[row.unit]]
    return _raw(metric)


def _allocated(fork, norm):
    """Over all operations; an iteration that allocated nothing has a rate of zero and no figure for each operation."""
    each = (_raw(fork["secondaryMetrics"]["gc.alloc.rate"]) != 0).astype(float)
    each[each != 0] = norm
    return np.average(each, weights=_operations(fork))


def _operations(fork):
    return _raw(fork["secondaryMetrics"]["operations"])


def _raw(metric):
    return np.concatenate(metric["rawData"])


def _forks(run):
    """Each fork that JMH wrote, behind the rows that it has figures of."""
    raw = run.forks()
    if run.rounds is None:
        yield from _by_rows(run, raw)
        return
    in_order = run.rounds.groupby(FORK, sort=run.schema >= 2)
    spare = len(raw) - in_order.ngroups
    if spare < 0 or (spare > 0 and run.schema < 2):
        raise Differs(f"{run.name}: {len(raw)} forks in jmh.json, {in_order.ngroups} in rounds.csv")
    forks = iter(raw)
    for _, rows in in_order:
        fork = next(forks)
        while spare > 0 and not _measured(run, rows, fork):
            # It was measured when the run was interrupted, and once more when it went on.
            fork, spare = next(forks), spare - 1
        yield _of_system(run, rows, fork), fork


def _measured(run, rows, fork):
    row = rows.iloc[0]
    same = fork["params"]["system"] == row.system.removesuffix(AGAIN)
    return same and _same(row.score, _score(run, row, [fork])[0], 12)


def _by_rows(run, raw):
    """Without rounds.csv: the forks of a row follow each other, and rows are in one order."""
    rows = run.summary.assign(params=run.summary.params.str.replace(FIGURE, "", regex=True))
    of_rows = iter([run.summary.loc[of.index] for _, of in rows.groupby(ROW, sort=False)])
    before, figures = None, None
    for fork in raw:
        measured = fork["benchmark"], fork["params"]
        if measured != before:
            figures = next(of_rows, None)
            before = measured
        if figures is None:
            raise Differs(f"{run.name}: summary.csv has nothing for {' '.join(map(str, measured))}")
        yield _of_system(run, figures, fork), fork


def _of_system(run, rows, fork):
    row = rows.iloc[0]
    if fork["params"]["system"] != row.system.removesuffix(AGAIN):
        raise Differs(f"{run.name}: {fork['benchmark']} {fork['params']} is not {' '.join(row[ROW])}")
    return rows


def _differing(told, found, key, decimals):
    """The names of all cells of the found table that a file tells otherwise."""
    told, found = told.sort_values(key), found.sort_values(key)
    keys_told = list(told[key].itertuples(index=False, name=None))
    keys_found = list(found[key].itertuples(index=False, name=None))
    if keys_told != keys_found:
        other = set(keys_told) ^ set(keys_found)
        return [f"rows differ: {sorted(map(str, other)) or 'some are there twice'}"]
    differing = []
    slack = QUANTILE * found["high"].fillna(0) if "high" in found else np.zeros(len(found))
    for column in found.columns.difference(key, sort=False):
        for name, one, two, more in zip(keys_told, told[column], found[column], slack):
            if not _same(one, two, decimals, more):
                row = " ".join(str(part) for part in name if part != "")
                differing.append(f"{column} of {row} is {two}, the file says {one}")
    return differing


def _same(told, found, decimals, slack=0):
    if isinstance(told, str):
        return told == found
    if np.isnan(told) or np.isnan(found):
        return np.isnan(told) and np.isnan(found)
    slack += 0.51 * 10.0**-decimals + 1e-12 * abs(found)
    return told == found or abs(told - found) <= slack
