"""Reports in few words: items of a few characters without a full stop, names of offices on lines of their own."""

import pytest

from tests.layout.reading import read

HEAD = "临屏小学2023年3月工作总结及4月工作打算\n"


def read_items(body: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value[0], item.office, item.text) for item in read(HEAD + body).items]


@pytest.mark.parametrize(
    "body",
    [
        "一、本月工作\n1、听课9节\n二、下月工作\n1、春游\n",
        "本月工作：\n1、听课9节\n下月工作：\n1、春游\n",
        "【本月工作】\n- 听课9节\n【下月工作】\n- 春游\n",
        "## 本月工作\n（1）听课9节\n## 下月工作\n（1）春游\n",
    ],
)
def test_the_only_item_of_a_section_is_no_heading(body: str) -> None:
    assert read_items(body) == [("c", "", "听课9节"), ("p", "", "春游")]


@pytest.mark.parametrize("last", ["2.家长会", "2.修缮校车队"])
@pytest.mark.parametrize("section", ["二、4月工作打算", "4月工作打算：", "【4月工作打算】"])
def test_the_last_item_before_a_section_is_no_office(last: str, section: str) -> None:
    found = read_items(f"一、3月工作总结\n（一）教务处\n1.听课9节\n{last}\n{section}\n（一）教务处\n1.期中考试\n")
    assert ("c", "教务处", last[2:]) in found
    assert ("p", "教务处", "期中考试") in found


@pytest.mark.parametrize("mark", ["- ", "1. ", "1、", "● ", "√ ", "（1）", "-", "① "])
@pytest.mark.parametrize("office", ["{}", "{}：", "【{}】"])
def test_an_office_begins_anew_below_an_item_without_a_full_stop(office: str, mark: str) -> None:
    def listed(name: str, *items: str) -> str:
        marks = (mark.replace("1", str(n)).replace("①", "①②"[n - 1]) for n in range(1, len(items) + 1))
        return "\n".join([office.format(name), *(one + item for one, item in zip(marks, items, strict=True))])

    body = "\n".join(
        [
            "本月完成",
            listed("教务处", "听课9节"),
            listed("德育处", "学雷锋", "家访12户"),
            listed("工会", "登山"),
            "下月打算",
            listed("教务处", "期中考试", "赛课"),
            listed("德育处", "祭扫"),
        ]
    )
    assert read_items(body + "\n") == [
        ("c", "教务处", "听课9节"),
        ("c", "德育处", "学雷锋"),
        ("c", "德育处", "家访12户"),
        ("c", "工会", "登山"),
        ("p", "教务处", "期中考试"),
        ("p", "教务处", "赛课"),
        ("p", "德育处", "祭扫"),
    ]


def test_an_office_may_stand_over_lines_without_marks() -> None:
    body = "本月完成\n教务处\n听课9节\n德育处\n学雷锋\n家访12户\n下月打算\n教务处\n赛课\n德育处\n祭扫\n"
    assert read_items(body) == [
        ("c", "教务处", "听课9节"),
        ("c", "德育处", "学雷锋"),
        ("c", "德育处", "家访12户"),
        ("p", "教务处", "赛课"),
        ("p", "德育处", "祭扫"),
    ]


def test_a_name_at_the_start_of_a_wrapped_line_is_no_office() -> None:
    body = (
        "一、3月工作总结\n教务处\n1.完成全校三至六年级学生的视力筛查，汇总数据后报送县教\n"
        "育局\n2.组织青年教师到实验小学跟班学习2周，听课48节，交教务\n处\n"
        "3.迎接县教育局常规检查，查阅教案126本，反馈问题，均已整\n改\n"
    )
    found = read_items(body)
    assert [office for _, office, _ in found] == ["教务处"] * 3
    assert found[0][2].endswith("报送县教育局")


def test_each_line_that_begins_with_an_office_and_a_colon_begins_anew() -> None:
    body = (
        "一、3月工作总结\n教务处：组织全校教师参加县里的线上师德学习2次；听课9节\n德育处：家访12户\n"
        "二、4月工作打算\n教务处：赛课\n德育处：祭扫；家长开放日\n"
    )
    assert read_items(body) == [
        ("c", "教务处", "组织全校教师参加县里的线上师德学习2次；听课9节"),
        ("c", "德育处", "家访12户"),
        ("p", "教务处", "赛课"),
        ("p", "德育处", "祭扫；家长开放日"),
    ]


def test_an_office_in_brackets_behind_an_item_needs_no_full_stop() -> None:
    body = (
        "一、3月工作总结\n1.空调检修（总务处）\n2.听课9节（教务处）\n二、4月工作打算\n1.编制预算（总务处）\n"
        "2.赛课（牵头：教务处；配合：德育处）\n3.研学（五年级）\n"
    )
    assert read_items(body) == [
        ("c", "总务处", "空调检修"),
        ("c", "教务处", "听课9节"),
        ("p", "总务处", "编制预算"),
        ("p", "教务处", "赛课"),
        ("p", "", "研学（五年级）"),
    ]


def test_an_introduction_is_no_section() -> None:
    found = read_items("现将我校3月工作情况汇报如下：\n一、3月工作总结\n1.听课9节\n二、4月工作打算\n1.赛课\n")
    assert found == [("c", "", "听课9节"), ("p", "", "赛课")]


def test_both_months_of_an_office_may_stand_in_one_paragraph() -> None:
    body = "教务处 本月：听课9节；赛课1次。下月：期中考试。\n德育处 本月：家访12户。下月：祭扫。\n"
    assert read_items(body) == [
        ("c", "教务处", "听课9节；赛课1次。"),
        ("p", "教务处", "期中考试。"),
        ("c", "德育处", "家访12户。"),
        ("p", "德育处", "祭扫。"),
    ]


def test_a_name_in_the_middle_of_a_sentence_begins_no_month() -> None:
    body = "一、3月工作总结\n教务处：听课9节。其中本月：三年级5节。\n德育处：家访12户。\n"
    assert read_items(body) == [("c", "教务处", "听课9节。其中本月：三年级5节。"), ("c", "德育处", "家访12户。")]


def test_items_that_each_name_their_office_keep_their_numbers() -> None:
    body = (
        "一、3月工作总结\n1. 教务处：听课9节\n2. 教务处：赛课1次\n3. 德育处：家访12户\n"
        "二、4月工作打算\n1. 德育处：祭扫\n2. 教务处：期中考试\n"
    )
    report = read(HEAD + body)
    assert [(item.number, item.office) for item in report.items] == [
        (1, "教务处"),
        (2, "教务处"),
        (3, "德育处"),
        (1, "德育处"),
        (2, "教务处"),
    ]
    assert [item.text for item in report.items] == ["听课9节", "赛课1次", "家访12户", "祭扫", "期中考试"]
    assert report.warnings == ()
