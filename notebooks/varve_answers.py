"""What a run answers to a question, as tables and sentences. All figures come from its files."""

import numpy as np
import pandas as pd

import varve_statistics as statistics
from varve_check import check
from varve_comparisons import AGAIN, comparisons, is_usable, log_ratios
from varve_results import is_largest, is_rate, newest, runs, values_of
from varve_words import count, figure, listed, share, span, verdict

LIMIT = "limit"


def answers(question, parameter=None):
    """The answers of the newest run, one for each level of durability: levels are never mixed."""
    run = newest(question, parameter=parameter)
    check(run)
    return [Answer(question, run, level) for level in run.scores(question).durability.unique()]


class Answer:
    """The rows of one run that answer a question at one level of durability."""

    def __init__(self, question, run, durability):
        self.question = question
        self.run = run
        self.durability = durability
        scores = run.scores(question)
        self.scores = scores[scores.durability == durability]
        self.rounds = run.round_count(question)
        self.pairs = None
        if self.rounds > 1:
            pairs = comparisons(run)
            mine = (pairs.question == question) & (pairs.durability == durability)
            self.pairs = pairs[mine]

    def cases(self):
        """Parameters and rows of each case, in the order of the run."""
        return list(self.scores.groupby("params", sort=False))

    def place(self):
        """Level and medium."""
        return f"{self.durability} on {self.medium()}"

    def medium(self):
        """What was appended to."""
        if self.question == "chain-azurite":
            return "Azurite in memory"
        if self.question.startswith("chain-"):
            return "a container in memory"
        medium = self.scores.medium.iloc[0]
        of_files = medium == self.run.environment["fileSystem"]
        return f"{medium} ({self.run.environment['device']})" if of_files else medium

    def machine(self):
        """Processor, cores, kernel and JDK."""
        return "{cpu}, {cores} cores, {kernel}, JDK {jdk}".format(**self.run.environment)

    def source(self):
        """Where the figures come from, in a sentence."""
        rounds = count(max(1, self.rounds), "round")
        commit = self.run.environment["commit"][:7]
        dirty = " with changes that were not committed" if self.run.environment["dirty"] else ""
        return (
            f"**{self.question}**, durability {self.place()}; run `results/{self.run.name}`, "
            f"{rounds}, commit `{commit}`{dirty}; {self.machine()}."
        )

    def table(self):
        """Scores, and ours beside each of the others."""
        lines = [self._line(row) for _, row in self.scores.iterrows()]
        return self.styled(pd.DataFrame(lines))

    def styled(self, table):
        """A table below the names that belong to it."""
        whole = [{"selector": "caption, th, td", "props": "white-space: nowrap"}]
        return table.style.hide(axis="index").set_caption(self.caption()).set_table_styles(whole)

    def caption(self):
        """What every table and chart names."""
        return f"{self.question}, {self.place()}, {self.run.name}"

    def reach(self):
        """What the intervals of the scores are."""
        first = self.scores.iloc[0]
        of_forks = self.run.schema >= 2 and self.rounds > 1
        largest = is_largest(first.params, first.unit) and not of_forks
        return "smallest to largest" if largest else "95 % interval"

    def _line(self, row):
        line = {
            "parameters": row.params,
            "system": row.system,
            "kind": row.kind,
            "score": f"{figure(row.score)} {row.unit}",
            self.reach(): span(row.low, row.high),
        }
        if (self.scores.kind == LIMIT).any():
            limit = limit_of(self.scores[self.scores.params == row.params])
            times = times_as_fast(limit.iloc[0], row) if len(limit) else np.nan
            line["x limit's time"] = figure(times) if np.isfinite(times) else ""
        if self.pairs is None:
            return line
        pair = self.pairs[(self.pairs.params == row.params) & (self.pairs.other == row.system)]
        told = {"ours is x as fast": "", "interval": "", "verdict": ""}
        for _, found in pair.iterrows():
            told = {
                "ours is x as fast": figure(found.ratio),
                "interval": f"{span(found.low, found.high)} ({share(found.confidence)})",
                "verdict": found.verdict,
            }
        return line | told

    def sentences(self):
        """What follows."""
        return [sentence for params, rows in self.cases() for sentence in self._case(params, rows)]

    def _case(self, params, rows):
        if not (rows.kind == "ours").any():
            return []
        ours = rows[rows.kind == "ours"].iloc[0]
        does = "makes" if is_rate(ours.unit) else "has" if ours.unit == "%" else "takes"
        score = f"{figure(ours.score)} {ours.unit} ({span(ours.low, ours.high)})"
        parts = [f"`{ours.system}` {does} {score}{best(rows)}."]
        if self.pairs is None:
            parts += self._by_scores(ours, rows[rows.system != ours.system], limit_of(rows))
        else:
            parts += self._by_rounds(self.pairs[self.pairs.params == params], limit_of(rows))
        return [f"{params}: {' '.join(parts)}" if params else " ".join(parts)]

    def _by_scores(self, ours, others, limit):
        told, times = [], []
        for _, other in others.iterrows():
            apart = ours.high < other.low or other.high < ours.low
            doubt = "" if apart else " (the intervals overlap)"
            if other.system in set(limit.system):
                time = figure(times_as_fast(other, ours))
                times = [f"It takes {time} times the time of `{other.system}`{doubt}."]
            else:
                ratio = figure(times_as_fast(ours, other))
                told.append(f"{ratio} times as fast as `{other.system}`{doubt}")
        return ([f"By the scores alone it is {listed(told)}."] if told else []) + times

    def _by_rounds(self, pairs, limit):
        told, times = [], []
        for _, pair in pairs[pairs.role != "control"].iterrows():
            at = f"at {share(pair.confidence)}"
            if pair.other in set(limit.system):
                word = pair.verdict if pair.verdict != "none" else "no verdict"
                bounds = f"{span(1 / pair.high, 1 / pair.low)} {at}"
                time = f"{figure(1 / pair.ratio)} times the time of `{pair.other}`"
                times = [f"It takes {time} ({bounds}): {word}."]
            else:
                bounds = f"{span(pair.low, pair.high)} {at}"
                told.append(f"{verdict(pair)} ({figure(pair.ratio)} times as fast, {bounds})")
        return ([f"It is {listed(told)}."] if told else []) + times + noise(pairs)

    def growth(self, parameter):
        """How the score of ours changes from the smallest to the largest value of a parameter."""
        sizes = values_of(self.scores, parameter)
        ours = self.scores[(self.scores.kind == "ours") & ~self.scores.system.str.endswith(AGAIN)]
        told = []
        for (system, unit, rest), rows in ours.groupby(["system", "unit", others_of(ours, parameter)]):
            rows = rows.assign(size=sizes[rows.index]).sort_values("size")
            few, many = rows.iloc[0], rows.iloc[-1]
            if len(rows) < 2 or few.score == 0:
                continue
            told.append(
                f"From {few.params} to {many.params} the score of `{system}` becomes "
                f"{figure(many.score / few.score)} times as large, {figure(few.score)} to "
                f"{figure(many.score)} {unit}{self._paired(few, many)}."
            )
        return told

    def _paired(self, few, many):
        if self.rounds < 2:
            return ""
        rounds = self.run.rounds
        mine = rounds[(rounds.question == self.question) & (rounds.system == many.system)]
        mine = mine[mine.durability == self.durability]
        mine = mine[mine.params.isin([few.params, many.params])].assign(kind=mine.system)
        logs = log_ratios(mine.assign(system=mine.params), many.params, few.params)
        logs = logs if is_rate(many.unit) else -logs
        if not is_usable(logs):
            return ""
        low, high, confidence = statistics.interval(logs, 0.05)
        return f"; over the rounds {span(np.exp(low), np.exp(high))} times at {share(confidence)}"

    def costs(self):
        """Bytes on disk and bytes written, where the run counted them; else nothing."""
        if self.run.costs is None:
            return None
        mine = self.run.costs
        mine = mine[(mine.question == self.question) & (mine.durability == self.durability)]
        lines = []
        for row, rows in mine.groupby(["params", "system", "kind"], sort=False):
            disk = quotient(rows, "diskBytes", "heldBytes")
            written = quotient(rows, "writtenBytes", "payloadBytes")
            lines.append([*row, disk, written, rows.allocatedBytesPerOp.mean()])
        columns = ["params", "system", "kind", "disk", "written", "allocated"]
        table = pd.DataFrame(lines, columns=columns)
        return table.dropna(subset=["disk", "written", "allocated"], how="all")

    def cost_sentences(self, costs):
        """What ours takes on disk, beside the others."""
        told = []
        for params, rows in costs.groupby("params", sort=False):
            for _, row in rows[rows.kind == "ours"].head(1).iterrows():
                disk = f"{figure(row.disk)} bytes of disk for each byte that it holds"
                written = f"{figure(row.written)} for each byte of payload"
                others = rows[(rows.kind == "peer") & rows.written.notna()]
                beside = [f"`{other.system}` {figure(other.written)}" for other in others.itertuples()]
                text = f"`{row.system}` takes {disk}, and {written} are written"
                text += f"; by the others {listed(beside)}." if beside else "."
                told.append(f"{params}: {text}" if params else text)
        return told

    def not_shown(self):
        """What does not follow."""
        told = [
            f"Anything beyond {self.machine()}, {self.place()}, and the parameters of the table."
        ]
        if self.durability == "NONE":
            told.append("Durable appends: at NONE nothing is synced before an append returns.")
        if self.rounds < 2:
            told.append("Small differences: one fork for each row gives no verdict.")
        elif (self.pairs.verdict == "none").any():
            told.append(f"Verdicts for {self._unjudged()}.")
        if self.pairs is not None and (self.pairs.verdict == "cannot tell").any():
            told.append("That what cannot be told apart is equal: the interval says how far it may be.")
        if self.scores[self.scores.kind == "peer"].system.nunique() > 1:
            told.append("How the others rank among each other: only ours is compared with each.")
        return told + self._absent()

    def _unjudged(self):
        none = self.pairs[self.pairs.verdict == "none"]
        names = [
            f"`{other}` ({params})" if params else f"`{other}`"
            for params, other in zip(none.params, none.other)
        ]
        if "control" in set(self.pairs.role):
            return listed(names)
        return listed(names) + ", as there is no A/A pair"

    def _absent(self):
        here = set(self.scores.system)
        told = []
        for run in sorted(runs(), key=lambda run: (run.name[:10], len(run.summary)), reverse=True):
            more = [name for name in run.scores(self.question).system.unique() if name not in here]
            if more:
                here.update(more)
                told.append(f"Systems that were left out, and are in `results/{run.name}`: {listed(more)}.")
        return told


def best(rows):
    """Who has the best score, limits apart, where several were measured."""
    rows = rows[(rows.kind != LIMIT) & ~rows.system.str.endswith(AGAIN)]
    if len(rows) < 2:
        return ""
    first = rows.score.idxmax() if is_rate(rows.unit.iloc[0]) else rows.score.idxmin()
    return f"; the best score of {len(rows)} systems is that of `{rows.system[first]}`"


def noise(pairs):
    """What the A/A pair says."""
    changes = pairs.detectable.dropna()
    if changes.empty:
        return []
    return [f"The smallest change that its A/A pair would have shown is {share(changes.iloc[0])}."]


def limit_of(rows):
    """The limit of a case: the one of that name, or the only one there is; or none."""
    limits = rows[rows.kind == LIMIT]
    return limits if len(limits) == 1 else limits[limits.system == LIMIT]


def times_as_fast(one, other):
    """How many times as fast one row is as another, by their scores."""
    return one.score / other.score if is_rate(one.unit) else other.score / one.score


def others_of(scores, parameter):
    """The parameters without one of them."""
    return scores.params.str.replace(rf"(?:^|;){parameter}=[^;]*", "", regex=True)


def quotient(rows, above, below):
    """The quotient of two sums over the forks that have both."""
    known = rows[[above, below]].dropna()
    return known[above].sum() / known[below].sum() if known[below].sum() > 0 else np.nan
