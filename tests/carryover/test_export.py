"""The graph for other programs, and the picture of a thread."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from reconcile import carryover
from reconcile.carryover.export import FORMS, export
from reconcile.carryover.graph import Graph
from reconcile.carryover.timeline import timeline
from reconcile.errors import ReconcileError
from tests.carryover.test_threads import MONTHS, SHED


@pytest.fixture
def graph() -> Graph:
    return carryover.build(MONTHS)


def test_node_link_json_comes_back_as_the_same_graph(graph: Graph) -> None:
    back = nx.node_link_graph(json.loads(export(graph.net, "node-link")), edges="edges")
    assert set(back.nodes) == set(graph.net.nodes)
    assert {(a, b, key) for a, b, key in back.edges(keys=True)} == set(graph.net.edges(keys=True))
    assert SHED in {data["text"] for _, data in back.nodes(data=True)}


def test_graphml_comes_back_as_the_same_graph(graph: Graph) -> None:
    back = nx.parse_graphml(export(graph.net, "graphml"), force_multigraph=True)
    assert set(back.nodes) == set(graph.net.nodes)
    assert back.number_of_edges() == graph.net.number_of_edges()


def test_dot_and_mermaid_name_every_edge(graph: Graph) -> None:
    assert export(graph.net, "dot").count(" -> ") == graph.net.number_of_edges()
    assert export(graph.net, "mermaid").count(" -->|") == graph.net.number_of_edges()


def test_words_that_mean_something_to_a_form_are_escaped(graph: Graph) -> None:
    from msgspec.structs import replace

    unit = next(iter(graph.net.nodes))
    node = graph.net.nodes[unit]["node"]
    graph.net.nodes[unit]["node"] = replace(node, task=replace(node.task, text='完成"一号"\\<泵房>&#;'))
    assert '完成\\"一号\\"\\\\<泵房>' in export(graph.net, "dot")
    assert "完成#quot;一号#quot;\\#lt;泵房#gt;#38;#35;;" in export(graph.net, "mermaid")


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_text_in_any_order(graph: Graph, form: str) -> None:
    assert export(carryover.build(reversed(MONTHS)).net, form) == export(graph.net, form)


def test_an_unknown_form_is_a_usage_error(graph: Graph) -> None:
    with pytest.raises(ReconcileError, match="Known: node-link"):
        export(graph.net, "png")


def test_the_part_around_a_thread_holds_its_steps_alone(graph: Graph) -> None:
    (thread,) = graph.threads()
    assert len(graph.around([thread])) == len(thread.steps)


def test_the_timeline_shows_every_month_and_verdict() -> None:
    (thread,) = carryover.threads(MONTHS)
    drawn = timeline(thread, "zh")
    words = "".join(ET.fromstring(drawn).itertext())
    for expected in ("2021-02", "2021-03", "2021-04", "顺延 2 次", "再次列入", "泵房改造已完工"):
        assert expected in words
    assert "first promised 2021-02" in timeline(thread, "en")
