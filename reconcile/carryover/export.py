"""The carry-over graph, or one thread of it, for other programs: JSON node-link, GraphML, DOT and Mermaid.

All four write the same plain graph: nodes with kind, office, period, text, status and source, edges with relation and
score. Nothing is drawn here; see `timeline` for a picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import msgspec
import networkx as nx

from reconcile.carryover.thread import Node
from reconcile.errors import ReconcileError


def export(net: Any, form: str) -> str:
    """The graph `net` (`Graph.net`, or a part of it) as text in one of `FORMS`; another name is a usage error."""
    if form not in FORMS:
        raise ReconcileError("carryover.unknown_form", form=form, known=" · ".join(FORMS))
    return FORMS[form](_plain(net))


def _plain(net: Any) -> Any:
    """A graph of scalars, in an order that depends on its content alone."""
    plain = nx.MultiDiGraph()
    for unit in sorted(net.nodes):
        plain.add_node(unit, **_facts(net.nodes[unit]["node"]))
    for source, target, relation, data in sorted(net.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        plain.add_edge(source, target, key=relation.value, relation=relation.value, score=data["score"])
    return plain


def _facts(node: Node) -> dict[str, str | int]:
    item = node.item
    return {
        "kind": item.kind.value,
        "office": item.office,
        "period": item.period,
        "text": node.text,
        "status": node.status.value if node.status else "",
        "file": item.anchor.file,
        "start": item.anchor.start,
        "end": item.anchor.end,
    }


def _json(plain: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(nx.node_link_data(plain, edges="edges")), indent=1).decode() + "\n"


def _graphml(plain: Any) -> str:
    buffer = io.BytesIO()
    nx.write_graphml_xml(plain, buffer)
    return buffer.getvalue().decode()


def _dot(plain: Any) -> str:
    lines = [f"  {_quoted(unit)} [shape=box, label={_quoted(_label(data))}];" for unit, data in plain.nodes(data=True)]
    lines += [
        f"  {_quoted(source)} -> {_quoted(target)} [label={_quoted(relation)}];"
        for source, target, relation in plain.edges(keys=True)
    ]
    return "\n".join(["digraph carryover {", "  rankdir=LR;", *lines, "}"]) + "\n"


def _mermaid(plain: Any) -> str:
    names = {unit: f"n{number}" for number, unit in enumerate(plain.nodes, 1)}
    lines = [f'  {names[unit]}["{_for_mermaid(_label(data))}"]' for unit, data in plain.nodes(data=True)]
    lines += [
        f"  {names[source]} -->|{relation}| {names[target]}" for source, target, relation in plain.edges(keys=True)
    ]
    return "\n".join(["flowchart LR", *lines]) + "\n"


def _label(data: dict[str, Any]) -> str:
    head = " · ".join(part for part in (data["period"], data["office"], data["status"]) if part)
    return f"{head}\n{data['text']}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _for_mermaid(text: str) -> str:
    """Mermaid reads entities written with # and knows no backslash."""
    for raw, entity in (("#", "#35;"), ("&", "#38;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;"), ("\n", "<br>")):
        text = text.replace(raw, entity)
    return text


FORMS: dict[str, Callable[[Any], str]] = {"node-link": _json, "graphml": _graphml, "dot": _dot, "mermaid": _mermaid}
"""The forms a graph can be written in."""
