"""Committed runs below results/: their files, and which run answers a question."""

import json
import re
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

RESULTS = Path(__file__).resolve().parent.parent / "results"
COMMITTED = re.compile(r"(\d{4}-\d\d-\d\d)_([^_]+)_.+")

CASE = ["question", "params", "medium", "durability"]
ROW = CASE + ["system"]
FORK = ["round", "place"]
TEXTS = ROW + ["kind", "unit", "ours", "other", "role", "verdict", "reason"]


class Run:
    """The files of one run."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.name = self.folder.name
        self.environment = json.loads((self.folder / "environment.json").read_text("utf-8"))
        self.schema = self.environment["schemaVersion"]
        self.summary = self._table("summary.csv")
        self.rounds = self._table("rounds.csv")
        self.verdicts = self._table("verdicts.csv")
        self.costs = self._table("costs.csv")

    def __repr__(self):
        return self.name

    def forks(self):
        """What JMH wrote for each fork, in the order of the file."""
        return json.loads((self.folder / "jmh.json").read_text("utf-8"))

    def scores(self, question):
        """The rows of the summary that answer a question."""
        return self.summary[self.summary.question == question]

    def round_count(self, question):
        """How many rounds a question had; none where the run has no rounds.csv."""
        if self.rounds is None:
            return 0
        return self.rounds[self.rounds.question == question]["round"].nunique()

    def _table(self, name):
        if not (self.folder / name).exists():
            return None
        table = pd.read_csv(self.folder / name, dtype=str, keep_default_na=False)
        for column in table.columns.difference(TEXTS):
            table[column] = table[column].replace("", "nan").astype(float)
        if self.schema < 2:
            table["medium"] = self.environment["fileSystem"]
        return table


def is_rate(unit):
    """Whether more is better."""
    return unit.startswith("ops/")


def is_largest(params, unit):
    """Whether a row is the largest of what was measured, and not a mean."""
    return "figure=" in params and unit == "us/op"


@lru_cache(maxsize=None)
def runs(results=RESULTS):
    """All committed runs with figures, by name. What lies in results/local is not committed."""
    folders = [folder for folder in sorted(results.iterdir()) if COMMITTED.fullmatch(folder.name)]
    return tuple(Run(folder) for folder in folders if (folder / "summary.csv").exists())


def newest(question, results=RESULTS, parameter=None):
    """The newest run that sets ours beside somebody else: of one day the one that says most.

    With a parameter it is the newest that has ours at several values of it.
    """

    def rank(run):
        date, suite = COMMITTED.fullmatch(run.name).groups()
        judged = 0
        if run.verdicts is not None:
            words = run.verdicts[run.verdicts.question == question].verdict
            judged = np.count_nonzero(words != "none")
        scores = run.scores(question)
        limited = (scores.kind == "limit").any()
        return date, judged > 0, limited, judged, len(scores), suite

    found = [run for run in runs(results) if len(run.scores(question)) > 0]
    if parameter:
        found = [run for run in found if values_of(run.scores(question), parameter).nunique() > 1]
    if not found:
        raise LookupError(f"no committed run answers {question}")
    compared = [run for run in found if (run.scores(question).kind != "ours").any()]
    return max(compared or found, key=rank)


def values_of(scores, parameter):
    """The values of a parameter as numbers."""
    return scores.params.str.extract(rf"(?:^|;){parameter}=(\d+)")[0].astype(float)
