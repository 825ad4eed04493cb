"""The frozen figures: committed, so that a change of quality shows in review, and drawn as a table for the docs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from bench.quality import contenders, dataset
from bench.quality.evaluate import Interval, Result
from bench.quality.metrics import Rates

RESULTS = Path(__file__).with_name("results.json")
BEGIN, END = "<!-- quality table: begin -->", "<!-- quality table: end -->"

COLUMNS = {
    "link_f1": "links F1",
    "link_precision": "P",
    "link_recall": "R",
    "average_precision": "AP",
    "carry_f1": "carried F1",
    "outcome_accuracy": "outcome",
    "flag_precision": "flags P",
    "flag_recall": "flags R",
    "dropped_precision": "dropped P",
    "dropped_recall": "dropped R",
}


class Frozen(msgspec.Struct, frozen=True):
    """The content of ``results.json``: `data` is the hash of the labelled set."""

    data: str
    split: str
    results: dict[str, Result]


def read() -> dict[str, Result]:
    """The frozen results; none where nothing was frozen or the labelled set has changed since."""
    if not RESULTS.is_file():
        return {}
    frozen = msgspec.json.decode(RESULTS.read_bytes(), type=Frozen)
    return frozen.results if frozen.data == dataset.digest() else {}


def save(measured: dict[str, Result]) -> None:
    """Freeze results beside those already there, in the order of the contenders, rounded to four places."""
    merged = read() | measured
    ordered = {name: merged[name] for name in contenders.CONTENDERS if name in merged}
    plain = _rounded(msgspec.to_builtins(Frozen(dataset.digest(), "leave-one-organisation-out", ordered)))
    RESULTS.write_bytes(msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n")


def differences(measured: dict[str, Result]) -> list[str]:
    """One line a figure that is not as frozen: ``name figure: frozen → measured``."""
    before = msgspec.to_builtins(read())
    lines = []
    for name, result in measured.items():
        old, new = _flat(before.get(name, {})), _flat(_rounded(msgspec.to_builtins(result)))
        lines += [
            f"{name} {key}: {old.get(key)} → {new.get(key)}"
            for key in sorted(old.keys() | new.keys())
            if old.get(key) != new.get(key)
        ]
    return lines


def line(name: str, result: Result) -> str:
    """The headline figures in one line for the terminal."""
    return f"{name:26s} " + "  ".join(f"{title} {result.headline[key].value:.3f}" for key, title in COLUMNS.items())


def write_table(page: Path) -> None:
    """Put the table of all frozen results between the markers of a page; the page is made where it is not there."""
    text = page.read_text(encoding="utf-8") if page.is_file() else f"# Quality\n\n{BEGIN}\n{END}\n"
    head, rest = text.split(BEGIN)
    tail = rest.split(END)[1]
    page.parent.mkdir(exist_ok=True)
    page.write_text(f"{head}{BEGIN}\n\n{table(read())}\n{END}{tail}", encoding="utf-8")


def table(results: dict[str, Result]) -> str:
    """Markdown tables: the headline with intervals, links by cardinality, probabilities, verdicts and their errors."""
    headline = [
        [name, *(_cell(result.headline[key], wide=key in ("link_f1", "outcome_accuracy")) for key in COLUMNS)]
        for name, result in results.items()
    ]
    kinds = ["one_to_one", "one_to_many", "many_to_one", "many_to_many", "unlinked"]
    links = [
        [
            name,
            *(f"{result.links_by_cardinality[kind].f1:.3f}" for kind in kinds[:-1]),
            str(result.links_by_cardinality["unlinked"].predicted),
            f"{result.candidate_recall:.3f}",
            str(result.missed["never_a_candidate"]),
            str(result.missed["scored_low"]),
            f"{100 * result.ties:.1f} %",
            f"{100 * result.undetermined:.1f} %",
        ]
        for name, result in results.items()
    ]
    probabilities = [
        [name, *(f"{value:.3f}" for value in (c.brier, c.log_loss, c.error, c.accepted_error))]
        for name, result in results.items()
        if (c := result.calibration)
    ]
    return "\n".join(
        [
            _markdown(["", *COLUMNS.values()], headline),
            _markdown(
                [
                    "links F1 by cardinality",
                    *(kind.replace("_", " ") for kind in kinds[:-1]),
                    "false links of unlinked items",
                    "candidate recall",
                    "missed: no candidate",
                    "missed: scored low",
                    "ties at the top",
                    "undetermined",
                ],
                links,
            ),
            _markdown(["probabilities", "Brier", "log-loss", "ECE", "ECE of accepted links"], probabilities),
            *(table for name, result in results.items() for table in _verdict_tables(name, result)),
        ]
    )


def _verdict_tables(name: str, result: Result) -> list[str]:
    """The outcomes with the links found and with perfect ones, how sure each outcome is, the worst errors."""
    found = result.verdicts
    if found is None:
        return []
    by_links = [
        _outcome_row("as found", result.headline["outcome_accuracy"].value, result.flags, result.partial),
        _outcome_row("perfect", found.informed.accuracy, found.informed.flags, found.informed.partial),
    ]
    sureness = [
        [outcome, str(one.items), f"{one.mean:.2f}", f"{one.right:.2f}", f"{one.error:.3f}"]
        for outcome, one in found.sureness.items()
    ]
    worst = [[one.true, one.got, f"`{one.rule}`", str(one.items)] for one in found.worst]
    return [
        _markdown([f"{name}: links", "outcome", "flags P", "flags R", "partial F1"], by_links),
        _markdown([f"{name}: confidence of", "items", "says", "right", "ECE"], sureness),
        _markdown([f"{name}: true", "given", "by", "items"], worst),
    ]


def _outcome_row(name: str, accuracy: float, flags: Rates, partial: Rates | None) -> list[str]:
    return [
        name,
        *(f"{value:.3f}" for value in (accuracy, flags.precision, flags.recall, partial.f1 if partial else 0)),
    ]


def _cell(figure: Interval, *, wide: bool) -> str:
    return f"{figure.value:.3f}" + (f" ({figure.low:.2f}–{figure.high:.2f})" if wide else "")


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, list) else value


def _flat(value: Any, prefix: str = "") -> dict[str, Any]:
    """A nested structure as dotted keys."""
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = [(str(position), inner) for position, inner in enumerate(value)]
    else:
        return {prefix: value}
    return {key: leaf for name, inner in pairs for key, leaf in _flat(inner, f"{prefix}.{name}".strip(".")).items()}
