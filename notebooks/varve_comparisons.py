"""What the rounds of a run come to: ours beside everybody else, as docs/method.md says."""

from functools import lru_cache

import numpy as np
import pandas as pd

import varve_statistics as statistics
from varve_results import CASE, is_rate

AGAIN = "-again"

COLUMNS = CASE + ["ours", "other", "role", "rounds", "detectable", "ratio"]
COLUMNS += ["low", "high", "confidence", "p", "level", "verdict"]


@lru_cache(maxsize=None)
def comparisons(run):
    """All comparisons of a run, in the order of its rounds.csv, in the columns of verdicts.csv."""
    family = Family([pair for _, case in _cases(run.rounds) for pair in _pairs(case)])
    judged = [family.judged(index) for index in range(len(family.pairs))]
    return pd.DataFrame(judged, columns=COLUMNS)


class Family:
    """Comparisons that are judged together."""

    def __init__(self, pairs):
        self.pairs = pairs
        self.logs = [log_ratios(*pair) for pair in pairs]
        self.usable = [is_usable(logs) for logs in self.logs]
        self.p = [
            statistics.p_value(logs) if usable else 1.0
            for logs, usable in zip(self.logs, self.usable)
        ]
        self.levels = statistics.holm(self.p)
        self.controls = {
            _case_of(case): index
            for index, (case, ours, other) in enumerate(pairs)
            if other == ours + AGAIN
        }
        self.detectable = {case: self._detectable(index) for case, index in self.controls.items()}

    def judged(self, index):
        """All that is known about a comparison."""
        case, ours, other = self.pairs[index]
        logs, level = self.logs[index], self.levels[index]
        control = self.controls.get(_case_of(case))
        low, high, confidence = self._interval(index)
        return dict(zip(CASE, _case_of(case))) | {
            "ours": ours,
            "other": other,
            "role": "control" if index == control else "comparison",
            "rounds": len(logs),
            "detectable": self.detectable.get(_case_of(case), np.nan),
            "ratio": statistics.geometric_mean(logs),
            "low": low,
            "high": high,
            "confidence": confidence,
            "p": self.p[index],
            "level": level,
            "verdict": self._verdict(index, control),
        }

    def _interval(self, index):
        if not self.usable[index]:
            return np.nan, np.nan, 0.0
        low, high, confidence = statistics.interval(self.logs[index], self.levels[index])
        return np.exp(low), np.exp(high), confidence

    def _detectable(self, control):
        if not self.usable[control]:
            return np.nan
        return statistics.detectable(self.logs[control], len(self.pairs))

    def _verdict(self, index, control):
        enough = statistics.enough(len(self.logs[index]), len(self.pairs))
        if not enough or control is None or not (self.usable[index] and self.usable[control]):
            return "none"
        if index != control and self.p[control] <= self.levels[control]:
            return "none"
        if self.p[index] > self.levels[index]:
            return "cannot tell"
        return "faster" if np.sum(self.logs[index]) > 0 else "slower"


def is_usable(logs):
    """Whether all scores were above zero, and all signs can be tried."""
    return 0 < len(logs) <= statistics.MOST_ROUNDS and bool(np.isfinite(logs).all())


def log_ratios(rounds, ours, other):
    """For each round the logarithm of how many times as fast ours was; forks of a round are averaged."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(rounds.score).groupby([rounds.system, rounds["round"]]).mean()
    mine, theirs = logs[ours].align(logs[other], join="inner")
    ratios = (mine - theirs).to_numpy()
    return ratios if is_rate(rounds.unit.iloc[0]) else -ratios


def _cases(rounds):
    return rounds.groupby(CASE + ["unit"], sort=False)


def _case_of(case):
    return tuple(case[CASE].iloc[0])


def _pairs(case):
    """The first of ours with each other system; nothing where none is ours."""
    ours = case[case.kind == "ours"].system.drop_duplicates()
    others = case.system.drop_duplicates()
    return [(case, ours.iloc[0], other) for other in others if len(ours) and other != ours.iloc[0]]
