"""Sentences and tables of committed runs, and how notebooks are kept."""

import json
import unittest
from pathlib import Path

import numpy as np
import pandas as pd

from varve_answers import Answer, answers
from varve_results import CASE, Run, newest
from varve_words import figure, listed, share


class WordsTest(unittest.TestCase):
    def test_figures_have_three_digits_or_all_before_the_point(self):
        told = [figure(value) for value in (0, 0.01234, 0.9996, 1.0, 12.34, 999.6, 12345.6)]
        self.assertEqual(["0", "0.0123", "1.000", "1.00", "12.3", "1,000", "12,346"], told)

    def test_shares_are_percent(self):
        self.assertEqual(["5 %", "99.96 %"], [share(0.05), share(0.9996)])

    def test_names_are_listed(self):
        self.assertEqual(["a", "a and b", "a, b and c"], [listed("a"), listed("ab"), listed("abc")])


class AnswerTest(unittest.TestCase):
    def test_levels_are_answered_apart(self):
        levels = [set(answer.scores.durability) for answer in answers("segment-driver")]
        self.assertEqual([{"NONE"}, {"SYNC"}], levels)

    def test_every_question_names_run_level_medium_and_machine(self):
        for question in ("append-steady", "durable-append", "reopen", "chain-open"):
            for answer in answers(question):
                environment = answer.run.environment
                for part in (answer.run.name, answer.durability, answer.medium(), environment["cpu"]):
                    self.assertIn(part, answer.source())
                for part in (answer.run.name, answer.durability, answer.medium()):
                    self.assertIn(part, answer.caption())

    def test_sentences_have_the_scores_of_ours(self):
        for question in ("append-steady", "durable-append", "reopen", "chain-open"):
            for answer in answers(question):
                for _, row in answer.scores[answer.scores.system == "varve"].iterrows():
                    self.assertIn(f"{figure(row.score)} {row.unit}", " ".join(answer.sentences()))

    def test_bytes_are_sums_over_the_forks_that_counted_them(self):
        answer = Answer("chain-azurite", newest("chain-azurite"), "NONE")
        columns = CASE + ["system", "kind", "allocatedBytesPerOp"]
        columns += ["payloadBytes", "heldBytes", "diskBytes", "writtenBytes"]
        none = [np.nan] * 4
        rows = [["varve", "ours", 7, 10, 100, 150, 30], ["varve", "ours", 9, 10, 100, 350, 10]]
        rows += [["port", "peer", 7, *none], ["sdk", "limit", np.nan, *none]]
        rows = [["chain-azurite", "", "ext4", "NONE", *row] for row in rows]
        answer.run = Run.__new__(Run)
        answer.run.costs = pd.DataFrame(rows, columns=columns)
        table = answer.costs()
        self.assertEqual([2.5, 2, 8], list(table.iloc[0][["disk", "written", "allocated"]]))
        self.assertTrue(table.iloc[1][["disk", "written"]].isna().all())
        self.assertEqual(2, len(table))
        self.assertIn("2.50 bytes of disk", answer.cost_sentences(table)[0])


class NotebooksTest(unittest.TestCase):
    def test_notebooks_are_kept_without_outputs(self):
        notebooks = sorted(Path(__file__).resolve().parent.glob("*.ipynb"))
        self.assertTrue(notebooks)
        for notebook in notebooks:
            for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
                self.assertFalse(cell.get("outputs") or cell.get("execution_count"), notebook.name)


if __name__ == "__main__":
    unittest.main()
