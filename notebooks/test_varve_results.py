"""The statistics against hand and brute force, and the check against runs that were changed."""

import itertools
import json
import math
import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import pandas as pd

import varve_statistics as statistics
from varve_check import Differs, check
from varve_comparisons import comparisons, log_ratios
from varve_results import CASE, RESULTS, Run, newest, runs

ROUNDS = RESULTS / "2026-11-21_azurite_x86-64-2core"


def brute_p(values):
    """By definition: every choice of signs, one after the other."""
    flips = [np.dot(signs, values) for signs in itertools.product((-1, 1), repeat=len(values))]
    outside = sum(flip >= abs(sum(values)) - 1e-12 for flip in flips)
    return min(1, 2 * outside / len(flips))


def interval_of(scores):
    """Of five or ten values; the quantiles of Student's t are from a table."""
    reach = {5: 2.7764451052, 10: 2.2621571628}[len(scores)] * scores.std() / math.sqrt(len(scores))
    return scores.mean() - reach, scores.mean() + reach


class StatisticsTest(unittest.TestCase):
    def test_geometric_mean_of_twice_and_half_is_one(self):
        self.assertAlmostEqual(1, statistics.geometric_mean(np.log([2, 0.5])))

    def test_p_of_three_that_agree_is_a_quarter(self):
        self.assertEqual(2 / 8, statistics.p_value([1, 2, 3]))
        self.assertEqual(2 / 8, statistics.p_value([-1, -2, -3]))

    def test_p_counts_ties(self):
        # 5 and 3 (twice) of 3, 1, 1 with all signs are 3 or more.
        self.assertEqual(6 / 8, statistics.p_value([3, 1, -1]))
        # On paper 1.1 times 1.2 is 1.32, so all three together say nothing.
        self.assertEqual(1, statistics.p_value(np.log([1.1, 1.2, 1 / 1.32])))

    def test_interval_cuts_means_of_subsets(self):
        # 1, 1.5, 2, 2, 2, 2.5, 3 are the means of the subsets of 1, 2, 3.
        self.assertEqual((1, 3, 0.75), statistics.interval([3, 1, 2], 0.25))
        self.assertEqual((1.5, 2.5, 0.5), statistics.interval([3, 1, 2], 0.5))
        self.assertEqual((2, 2, 0.25), statistics.interval([3, 1, 2], 0.75))

    def test_interval_out_of_reach_is_the_widest(self):
        self.assertEqual((1, 3, 0.75), statistics.interval([3, 1, 2], 0.001))

    def test_p_is_that_of_brute_force(self):
        random = np.random.default_rng(1)
        for size in range(1, 11):
            values = random.normal(0.3, 1, size)
            self.assertEqual(brute_p(values), statistics.p_value(values), values)

    def test_interval_holds_just_what_brute_force_does_not_reject(self):
        random = np.random.default_rng(2)
        for size, level in itertools.product((6, 8, 10), (0.05, 0.1, 0.4)):
            values = random.normal(0, 1, size)
            low, high, _ = statistics.interval(values, level)
            for inside, outside in ((low + 1e-9, low - 1e-9), (high - 1e-9, high + 1e-9)):
                self.assertGreater(brute_p(values - inside), level)
                self.assertLessEqual(brute_p(values - outside), level)

    def test_holm_stops_at_the_first_that_fails(self):
        # 0.005 <= 0.05 / 4 and 0.01 <= 0.05 / 3, but 0.03 > 0.05 / 2, which then holds for 0.04 too.
        levels = statistics.holm([0.01, 0.04, 0.03, 0.005], 0.05)
        np.testing.assert_allclose([0.05 / 3, 0.025, 0.025, 0.0125], levels)

    def test_detectable_change_is_the_farther_end_of_the_control(self):
        change = statistics.detectable(np.log([1.1, 0.8, 1.02]), 31)
        self.assertAlmostEqual(1 / 0.8 - 1, change)

    def test_ten_rounds_judge_five_comparisons(self):
        self.assertTrue(statistics.enough(10, 5))
        self.assertFalse(statistics.enough(10, 6))
        self.assertFalse(statistics.enough(9, 1))
        self.assertFalse(statistics.enough(25, 1))

    def test_mean_has_students_interval_above_zero(self):
        # The quantile of t with two degrees of freedom is 4.302653.
        mean, low, high = statistics.mean_interval([1, 2, 3])
        self.assertEqual((2, 0), (mean, low))
        self.assertAlmostEqual(2 + 4.302653 / math.sqrt(3), high, places=5)

    def test_iterations_with_few_operations_count_little(self):
        total, _, _ = statistics.total_interval([62.5, 5000], [400_000, 5000], False)
        self.assertAlmostEqual(50e6 / 405_000, total)
        total, _, _ = statistics.total_interval([100, 50], [100, 100], True)
        self.assertAlmostEqual(200 / 3, total)

    def test_interval_of_a_total_is_that_of_a_ratio(self):
        # Residuals 1, -2 and 1 by hand; of equal operations it is the mean's.
        total, low, high = statistics.total_interval([3, 1, 3], [1, 2, 1], False)
        self.assertEqual((2, 0), (total, low))
        self.assertAlmostEqual(2 + 4.302653 * 0.75, high, places=5)
        for one, two in zip(
            statistics.mean_interval([7, 8, 9]), statistics.total_interval([7, 8, 9], [4, 4, 4], False)
        ):
            self.assertAlmostEqual(one, two)

    def test_interval_of_a_median_lies_between_two_shots(self):
        # Ranks from the table of nonparametric intervals.
        for shots, low, high in ((20, 6, 15), (12, 3, 10), (6, 1, 6)):
            self.assertEqual(((shots + 1) / 2, low, high), statistics.median_interval(range(1, shots + 1)))
        self.assertTrue(np.isnan(statistics.median_interval(range(5))[1]))


class ComparisonsTest(unittest.TestCase):
    def judged(self, again, peer, unit="ns/op", rounds=12):
        noise = np.random.default_rng(3).normal(1, 0.01, (3, rounds))
        factors = {"varve": 1, "varve-again": again, "peer": peer}
        rows = [
            [index + 1, "q", "", "ext4", "NONE", system, system.split("-")[0], factor * score, unit]
            for (system, factor), scores in zip(factors.items(), noise)
            for index, score in enumerate(scores)
        ]
        columns = ["round"] + CASE + ["system", "kind", "score", "unit"]
        run = Run.__new__(Run)
        run.rounds = pd.DataFrame(rows, columns=columns).replace({"kind": {"varve": "ours"}})
        return comparisons(run)

    def test_smaller_times_and_larger_rates_are_faster(self):
        self.assertEqual(["cannot tell", "faster"], list(self.judged(1, 2).verdict))
        self.assertEqual(["cannot tell", "slower"], list(self.judged(1, 2, "ops/s").verdict))
        self.assertAlmostEqual(2, self.judged(1, 2).ratio[1], places=1)

    def test_rounds_that_agree_but_for_noise_tell_nothing(self):
        self.assertEqual(["cannot tell", "cannot tell"], list(self.judged(1, 1).verdict))

    def test_forks_of_a_round_are_averaged_as_logarithms(self):
        rows = [(1, "a", 10), (1, "b", 30), (1, "a", 40), (1, "b", 120), (2, "a", 5), (2, "b", 10), (3, "a", 5)]
        rounds = pd.DataFrame(rows, columns=["round", "system", "score"]).assign(unit="ns/op")
        np.testing.assert_allclose(np.log([3, 2]), log_ratios(rounds, "a", "b"))

    def test_control_that_differs_takes_the_verdicts_of_its_case(self):
        self.assertEqual(["slower", "none"], list(self.judged(0.5, 2).verdict))

    def test_few_rounds_give_no_verdicts(self):
        self.assertEqual(["none", "none"], list(self.judged(1, 2, rounds=9).verdict))


class CheckTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.copy = Path(folder.name) / ROUNDS.name
        self.copy.mkdir()
        for file in ROUNDS.iterdir():
            shutil.copyfile(file, self.copy / file.name)

    def change(self, file, old, new):
        text = (self.copy / file).read_text("utf-8")
        self.assertEqual(1, text.count(old), f"{old} in {file}")
        (self.copy / file).write_text(text.replace(old, new), "utf-8")

    def refused(self, what):
        with self.assertRaisesRegex(Differs, what):
            check(Run(self.copy))

    def test_all_committed_runs_are_what_their_raw_data_give(self):
        self.assertTrue(runs())
        for run in runs():
            with self.subTest(run.name):
                check(run)

    def test_changed_interval_end_is_refused(self):
        self.change("verdicts.csv", "0.883859", "0.883861")
        self.refused("low of chain-azurite ext4 NONE varve sdk is 0.88385.*, the file says 0.883861")

    def test_changed_figures_are_refused(self):
        for column, old, new in (
            ("ratio", "1.058349", "1.058350"),
            ("high", "1.141951", "1.141950"),
            ("p", "0.191406", "0.191407"),
            ("verdict", "0.005000,none,there is no A/A pair\nchain", "0.005000,faster,\nchain"),
        ):
            with self.subTest(column):
                self.change("verdicts.csv", old, new)
                self.refused(f"{column} of chain-azurite")
                self.change("verdicts.csv", new, old)

    def test_missing_comparison_is_refused(self):
        text = (self.copy / "verdicts.csv").read_text("utf-8").splitlines(keepends=True)
        (self.copy / "verdicts.csv").write_text("".join(text[:-1]), "utf-8")
        self.refused("rows differ: .*sdk")

    def test_missing_row_of_the_summary_is_refused(self):
        text = (self.copy / "summary.csv").read_text("utf-8").splitlines(keepends=True)
        (self.copy / "summary.csv").write_text("".join(text[:-1]), "utf-8")
        self.refused("rows differ: .*sdk")

    def test_missing_reason_is_refused(self):
        self.change("verdicts.csv", "there is no A/A pair\nchain", "\nchain")
        self.refused("reason of verdict 1")

    def test_changed_scores_are_refused(self):
        self.change("summary.csv", "1894.7060", "1894.7062")
        self.refused("score of chain-azurite ext4 NONE varve is 1894.706")

    def test_changed_forks_are_refused(self):
        self.change("rounds.csv", "2003.9683286608354", "2003.9683386608354")
        self.refused("score of 2.0 1.0 chain-azurite ext4 NONE varve is 2003.96832866")

    def to_schema_two(self):
        """The copy as a later harness would have written it: over forks, in the order of measuring."""
        self.change("environment.json", '"schemaVersion": 1', '"schemaVersion": 2')
        summary = pd.read_csv(self.copy / "summary.csv", keep_default_na=False)
        rounds = pd.read_csv(self.copy / "rounds.csv", keep_default_na=False)
        raw = json.loads((self.copy / "jmh.json").read_text("utf-8"))
        for index, system in enumerate(summary.system):
            summary.loc[index, ["low", "high"]] = interval_of(rounds.score[rounds.system == system])
        for index, fork in enumerate(raw):
            ends = interval_of(pd.Series(fork["primaryMetric"]["rawData"][0]))
            rounds.loc[index, ["low", "high"]] = ends
        order = rounds.sort_values(["round", "place"]).index
        (self.copy / "jmh.json").write_text(json.dumps([raw[index] for index in order]), "utf-8")
        summary.assign(medium="ext4").to_csv(self.copy / "summary.csv", index=False, float_format="%.4f")
        rounds.assign(medium="ext4").to_csv(self.copy / "rounds.csv", index=False)
        verdicts = (self.copy / "verdicts.csv").read_text("utf-8")
        verdicts = verdicts.replace(",params,", ",params,medium,").replace("rite,,", "rite,,ext4,")
        (self.copy / "verdicts.csv").write_text(verdicts, "utf-8")

    def test_from_schema_two_on_scores_are_means_over_forks(self):
        over_iterations = (self.copy / "summary.csv").read_text("utf-8")
        self.to_schema_two()
        check(Run(self.copy))
        over_iterations = over_iterations.replace("params,", "params,medium,")
        over_iterations = over_iterations.replace("rite,,", "rite,,ext4,")
        (self.copy / "summary.csv").write_text(over_iterations, "utf-8")
        self.refused("low of chain-azurite ext4 NONE varve")

    def test_from_schema_three_on_scores_are_averages_over_operations(self):
        self.to_schema_two()
        self.change("environment.json", '"schemaVersion": 2', '"schemaVersion": 3')
        raw = json.loads((self.copy / "jmh.json").read_text("utf-8"))
        for fork in raw:
            scores = fork["primaryMetric"]["rawData"][0]
            fork["secondaryMetrics"]["operations"] = {"rawData": [[5] * len(scores)]}
        (self.copy / "jmh.json").write_text(json.dumps(raw), "utf-8")
        check(Run(self.copy))
        raw[0]["secondaryMetrics"]["operations"]["rawData"][0][0] = 6
        (self.copy / "jmh.json").write_text(json.dumps(raw), "utf-8")
        self.refused("score of 1.0 1.0 chain-azurite ext4 NONE varve is")

    def test_fork_that_was_interrupted_may_be_there_twice(self):
        self.to_schema_two()
        raw = json.loads((self.copy / "jmh.json").read_text("utf-8"))
        again = json.loads(json.dumps(raw[4]))
        again["primaryMetric"]["rawData"][0][0] += 1
        for more in ([*raw[:4], again, *raw[4:]], [*raw, again]):
            (self.copy / "jmh.json").write_text(json.dumps(more), "utf-8")
            check(Run(self.copy))
        (self.copy / "jmh.json").write_text(json.dumps(raw[1:]), "utf-8")
        self.refused("29 forks in jmh.json, 30 in rounds.csv")

    def test_changed_allocation_is_refused(self):
        self.to_schema_two()
        raw = json.loads((self.copy / "jmh.json").read_text("utf-8"))
        rounds = pd.read_csv(self.copy / "rounds.csv", keep_default_na=False)
        for fork in raw:
            for name, values in (("gc.alloc.rate.norm", [1, 2, 6]), ("gc.count", [0, 1, 1])):
                fork["secondaryMetrics"][name] = {"rawData": [values]}
        (self.copy / "jmh.json").write_text(json.dumps(raw), "utf-8")
        costs = rounds.drop(columns=["score", "low", "high", "unit"])
        costs = costs.assign(allocatedBytesPerOp="3.000", gcCount="2.000", gcMillis="0.000")
        costs.to_csv(self.copy / "costs.csv", index=False)
        check(Run(self.copy))
        costs.assign(allocatedBytesPerOp="3.001").to_csv(self.copy / "costs.csv", index=False)
        self.refused("allocatedBytesPerOp of 1.0 1.0 chain-azurite ext4 NONE varve is 3.0")


class NewestTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.results = Path(folder.name)

    def add(self, name, systems, verdict=None):
        folder = self.results / name
        folder.mkdir()
        (folder / "environment.json").write_text('{"schemaVersion": 2}', "utf-8")
        lines = ["question,params,medium,durability,system,kind,score,low,high,unit"]
        lines += [f"q,size=1,ext4,NONE,{system},{kind},1,1,1,ns/op" for system, kind in systems.items()]
        (folder / "summary.csv").write_text("\n".join(lines), "utf-8")
        if verdict:
            (folder / "verdicts.csv").write_text(f"question,verdict\nq,{verdict}\n", "utf-8")

    def test_later_day_is_newer(self):
        self.add("2026-01-02_b_m", {"varve": "ours", "x": "peer", "y": "peer"})
        self.add("2026-01-03_a_m", {"varve": "ours", "x": "peer"})
        self.assertEqual("2026-01-03_a_m", newest("q", self.results).name)

    def test_of_one_day_verdicts_come_before_rows_and_rows_before_names(self):
        self.add("2026-01-02_few_m", {"varve": "ours", "x": "peer"})
        self.add("2026-01-02_all_m", {"varve": "ours", "x": "peer", "y": "peer"}, "none")
        self.assertEqual("2026-01-02_all_m", newest("q", self.results).name)
        runs.cache_clear()
        self.add("2026-01-02_able_m", {"varve": "ours", "x": "peer"}, "faster")
        self.assertEqual("2026-01-02_able_m", newest("q", self.results).name)

    def test_of_one_day_with_verdicts_the_limit_comes_before_more_rows(self):
        self.add("2026-01-02_peers_m", {"varve": "ours", "x": "peer", "y": "peer"}, "faster")
        self.add("2026-01-02_able_m", {"varve": "ours", "limit": "limit"}, "faster")
        self.assertEqual("2026-01-02_able_m", newest("q", self.results).name)

    def test_run_of_ours_alone_does_not_hide_comparisons(self):
        self.add("2026-01-02_a_m", {"varve": "ours", "x": "peer"})
        self.add("2026-01-03_a_m", {"varve": "ours"})
        self.assertEqual("2026-01-02_a_m", newest("q", self.results).name)

    def test_local_runs_are_not_read(self):
        self.add("local", {"varve": "ours", "x": "peer"})
        with self.assertRaises(LookupError):
            newest("q", self.results)


if __name__ == "__main__":
    unittest.main()
