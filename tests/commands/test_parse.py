"""`reconcile parse`: the contract's JSON, tables for people, and errors in one line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reconcile.commands import app
from reconcile.errors import InputError

FORMS = Path(__file__).parents[2] / "fixtures" / "forms"
REPORT = str(FORMS / "problems-section.txt")


def parse(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["parse", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_is_the_contract() -> None:
    found = json.loads(parse(REPORT, "--format", "json"))
    assert found["schema"] == "reconcile.parse/1"
    assert (found["organisation"], found["period"], found["genre"]) == ("南屿县住建局", "2023-10", "monthly")
    assert set(found["file"]) == {"name", "sha256", "bytes", "format"}
    item = found["items"][0]
    assert (item["kind"], item["period"], item["office"], item["number"], item["ordinal"]) == (
        "completion",
        "2023-10",
        "城建股",
        1,
        1,
    )
    assert {"id", "office_path", "co_offices", "text", "tasks", "standing", "due", "anchor"} <= set(item)
    assert "persons" not in item
    text = Path(REPORT).read_text(encoding="utf-8")
    assert text[item["anchor"]["start"] : item["anchor"]["end"]] == item["text"]
    assert [warning["code"] for warning in found["warnings"]] == ["other_section"]


def test_several_files_are_an_array_or_a_line_each() -> None:
    other = str(FORMS / "quarter.txt")
    assert [found["period"] for found in json.loads(parse(REPORT, other, "--format", "json"))] == ["2023-10", "2023-Q3"]
    assert [json.loads(line)["period"] for line in parse(REPORT, other, "--format", "jsonl").splitlines()] == [
        "2023-10",
        "2023-Q3",
    ]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ["疑点", "既不是完成情况也不是计划"]), ("en", ["Warnings", "no item"])]
)
@pytest.mark.parametrize("format_", ["table", "md"])
def test_people_read_it_in_their_language(format_: str, lang: str, words: list[str]) -> None:
    shown = "".join(parse(REPORT, "--format", format_, "--lang", lang).split())
    assert all("".join(word.split()) in shown for word in words)
    assert "督促剩余3个小区11月底前完工" in shown


def test_csv_opens_in_a_spreadsheet() -> None:
    shown = parse(REPORT, "--format", "csv", "--lang", "en")
    assert shown.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(shown.removeprefix("\ufeff"))))
    assert [row["Office"] for row in rows] == ["城建股", "房管股", "村镇股", "城建股", "城建股"]


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "items.json"
    assert parse(REPORT, "--format", "json", "-o", str(target)) == ""
    assert json.loads(target.read_text(encoding="utf-8"))["period"] == "2023-10"


def test_a_folder_without_reports_is_one_line(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["parse", str(tmp_path)])
    assert isinstance(result.exception, InputError)
    assert "nothing in it can be read" in str(result.exception)


def test_a_file_that_is_not_there_is_one_line() -> None:
    result = CliRunner().invoke(app, ["parse", "nowhere.txt"])
    assert result.exit_code == 2 or isinstance(result.exception, InputError)
