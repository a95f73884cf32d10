"""Shows answers in a notebook."""

import matplotlib.pyplot as plt
from IPython.display import Markdown, display

import varve_charts as charts
from varve_answers import answers
from varve_check import check
from varve_results import newest

COSTS = {
    "params": "parameters",
    "disk": "bytes on disk per byte held",
    "written": "bytes written per byte of payload",
    "allocated": "bytes allocated per operation",
}


def check_runs_of(*questions):
    """Works out anew all figures of the runs that answer these questions; fails if one differs."""
    for run in sorted({newest(question) for question in questions}, key=str):
        print(check(run))


def show(question):
    """Table, charts and sentences."""
    for answer in answers(question):
        display(Markdown(answer.source()))
        display(answer.table())
        _draw(charts.scores(answer))
        if answer.pairs is not None and len(answer.pairs):
            _draw(charts.ratios(answer))
        _list("What follows", answer.sentences())
        _list("What it does not show", answer.not_shown())


def show_growth(question, parameter):
    """The scores over the values of a parameter, of the newest run that has several."""
    for answer in answers(question, parameter):
        display(Markdown(answer.source()))
        _draw(charts.growth(answer, parameter))
        _list(f"By {parameter}", answer.growth(parameter))


def show_costs(question):
    """Bytes on disk and bytes written, where the run counted them."""
    for answer in answers(question):
        costs = answer.costs()
        if costs is None or costs.empty:
            display(Markdown(f"`results/{answer.run.name}` did not count what `{question}` writes."))
            continue
        display(Markdown(answer.source()))
        shown = answer.styled(costs.rename(columns=COSTS))
        display(shown.format(precision=3, na_rep="", thousands=","))
        _draw(charts.costs(answer, costs))
        _list("What follows", answer.cost_sentences(costs))


def _draw(chart):
    display(chart)
    plt.close(chart)


def _list(title, sentences):
    display(Markdown(f"**{title}**\n\n" + "\n".join(f"- {line}" for line in sentences)))
