"""Web pages: the article without its furniture, tables that say something apart from those that only lay a page out."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from reconcile import intake
from reconcile.errors import InputError

ARTICLE = "<p>一、办公室</p><p>1.完成开学检查，走访学校46所。</p><p>2.编发信息8期。</p>"
READ = ["一、办公室", "1.完成开学检查，走访学校46所。", "2.编发信息8期。"]
TITLE = "云岭县教育局2022年9月份工作小结"


def texts(page: str | bytes, name: str = "page.html") -> list[str]:
    data = page.encode() if isinstance(page, str) else page
    return [block.text for block in intake.read_bytes(data, name).blocks]


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


def test_the_article_is_found_by_its_container_and_the_title_outside_it() -> None:
    body = f"""<div class="header"><ul class="nav"><li><a href="/">首页</a></li></ul></div>
    <div class="crumb">当前位置：首页 &gt; 工作小结</div><h1>{TITLE}</h1>
    <div class="info">发布时间：2022-10-08 来源：县教育局</div><div class="TRS_Editor">{ARTICLE}</div>
    <div class="share">分享到：</div><div class="footer">版权所有 主办单位：云岭县</div>
    <script>alert(1)</script>"""
    assert texts(page(body)) == [TITLE, *READ]


def test_the_title_that_names_a_month_goes_before_the_name_of_the_site() -> None:
    title = "三河镇2024年8月份工作总结"
    head = "<title>三河镇人民政府</title>"
    found = texts(page(f"<h2>{title}</h2><div class='TRS_Editor'>{ARTICLE}</div>", head))
    assert found[0] == title


def test_without_a_known_container_the_page_is_searched_by_its_words() -> None:
    links = "".join(f"<li><a href='{n}'>第{n}条新闻的标题在这里</a></li>" for n in range(30))
    body = f"<div id='left'><ul>{links}</ul></div><div class='x7'><div>{ARTICLE * 8}</div></div>"
    assert texts(page(body, f"<title>{TITLE}-云岭县人民政府</title>")) == [TITLE, *READ * 8]


def test_gb18030_labelled_gb2312_is_read_whole() -> None:
    source = page("<p>朱镕同志参加。</p>").replace("utf-8", "gb2312")
    assert texts(source.encode("gb18030")) == ["朱镕同志参加。"]


def test_a_layout_table_is_running_text_and_a_table_of_figures_is_rows() -> None:
    inner = "<table><tr><th>科室</th><th>进度</th></tr><tr><td rowspan=2>办公室</td><td>甲<br>乙</td></tr>"
    inner += "<tr><td>丙</td></tr></table>"
    document = intake.read_bytes(page(f"<table><tr><td>{ARTICLE}{inner}</td></tr></table>").encode(), "page.html")
    assert [block.text for block in document.blocks[:3]] == READ
    rows = [[(cell.text, cell.column, cell.rows) for cell in block.cells] for block in document.blocks[3:]]
    assert rows == [[("科室", 0, 1), ("进度", 1, 1)], [("办公室", 0, 2), ("甲\n乙", 1, 1)], [("丙", 1, 1)]]


def test_numbers_of_lists_are_written_out() -> None:
    body = "<ol start=3><li>甲</li><li>乙</li></ol><ol style='list-style-type: cjk-ideographic'><li>丙</li></ol>"
    assert texts(page(body + "<ul><li>丁</li></ul>")) == ["3.甲", "4.乙", "一、丙", "丁"]


def test_source_lines_broken_within_a_sentence_are_joined() -> None:
    assert texts(page("<p>完成全县中小学\n    开学检查</p><p>A\nB</p>")) == ["完成全县中小学开学检查", "A B"]


def test_what_a_browser_hides_is_left_out() -> None:
    hidden = "<p style='display: none'>藏</p><p><span style='mso-hide:all'>藏</span>见</p><del>删</del><!-- 注 -->"
    assert texts(page(ARTICLE + hidden)) == [*READ, "见"]


def test_a_page_saved_from_word_keeps_the_numbers_word_wrote() -> None:
    body = """<div class=WordSection1><p class=MsoListParagraph>
    <![if !supportLists]><span style='mso-list:Ignore'>一、</span>
    <![endif]>办公室<o:p></o:p></p><p class=MsoNormal>1.完成<ins>检查</ins>。<o:p></o:p></p></div>"""
    assert texts(page(body, "<!--[if gte mso 9]><xml><w:x/></xml><![endif]-->")) == ["一、办公室", "1.完成检查。"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_an_mht_archive_is_its_page(encoding: str) -> None:
    archive = MIMEMultipart("related", type="text/html")
    archive.attach(MIMEText(page(ARTICLE).replace("utf-8", encoding), "html", encoding))
    archive.attach(MIMEText("body {}", "css"))
    assert texts(archive.as_bytes(), "page.mht") == READ
    assert intake.read_bytes(archive.as_bytes(), "page.doc").file.format == "mht"


def test_html_named_doc_is_html() -> None:
    document = intake.read_bytes(page(ARTICLE).encode(), "report.doc")
    assert (document.file.format, len(document.blocks)) == ("html", 3)


def test_deep_nesting_does_no_harm() -> None:
    assert texts(page("<div>" * 300 + "<p>里</p>" + "</div>" * 300)) == ["里"]
    with pytest.raises(InputError):
        texts(page("<div>" * 50_000 + "<p>里</p>"))


def test_a_page_of_nothing_but_script_has_no_text() -> None:
    with pytest.raises(InputError) as caught:
        texts(page("<script>document.write('x')</script>"))
    assert caught.value.key == "intake.no_text"
