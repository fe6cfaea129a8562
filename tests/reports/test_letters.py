"""Letters as files: drawn from the data, numbered without gaps, read back with python-docx, the same bytes again."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from analytics.course import LETTER
from answers.case_limits import set_limits
from answers.hazards import find_hazard, hazards
from answers.letters import LetterContent, LetterTable, letters
from answers.registers import take_step
from data.ledger import Entry
from data.scope import HEAD_OFFICE, Scope
from data.store import Store
from reports.build_templates import build
from reports.docx_file import SHIPPED, settled
from reports.letter_draft import letter_from_hazard, letter_from_ticket, letter_from_warning
from reports.letter_file import letter_docx
from reports.letters import kept_letter, send_letter
from tests.reports.conftest import Row
from texts import Problem

DAY = date(2025, 7, 27)

CONTENT = LetterContent(
    kind="alert",
    language="zh_CN",
    bank="澜川银行",
    title="关于规范投保录音录像调阅答复的提示",
    addressee="绍兴分行、财富管理部",
    copies="总行办公室",
    facts=("2025年5月12日收到工单T1。", "首轮沟通未达成一致。"),
    table=LetterTable("工单处理经过", ("日期", "事项"), (("2025-05-12", "收到工单"), ("2025-05-16", "未达成一致"))),
    problem="机构对调取录音录像业务不清楚。",
    requirements=("三个工作日内重新答复客户。", "组织全辖学习。"),
    due=date(2025, 7, 30),
    sender="总行消费者权益保护部",
    day=DAY,
    notes=("数据说明：演示数据。",),
    attachments=("工单处理时间线",),
    about={"branch": "B12"},
)


def texts_of(content: bytes) -> list[str]:
    """Every paragraph and table cell of a .docx, in reading order, without empty ones."""
    document = Document(io.BytesIO(content))
    found: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            found += [cell.text for row in block.rows for cell in row.cells]
        else:
            found.append(block.text)
    return [text.strip() for text in found if text.strip()]


def send(store: Store, content: LetterContent = CONTENT, token: str | None = None) -> Entry:
    return send_letter(store, HEAD_OFFICE, content, who="王敏", on_day=content.day, branch_id="B12", token=token)


def test_r09_a_letter_has_all_that_a_banks_letter_has_in_its_order(tmp_path: Path) -> None:
    said = texts_of(letter_docx(tmp_path / "store.duckdb", CONTENT, 7, 2025))
    assert said == [
        "澜川银行",
        "消费者权益保护提示书",
        "消保提示〔2025〕7号",
        "关于规范投保录音录像调阅答复的提示",
        "绍兴分行、财富管理部：",
        "在日常投诉监测中发现以下问题，现予提示，请高度重视并抓紧落实。",
        "一、基本情况",
        "2025年5月12日收到工单T1。",
        "首轮沟通未达成一致。",
        "工单处理经过",
        "日期",
        "事项",
        "2025-05-12",
        "收到工单",
        "2025-05-16",
        "未达成一致",
        "数据说明：演示数据。",
        "二、存在问题",
        "机构对调取录音录像业务不清楚。",
        "三、工作要求",
        "（一）三个工作日内重新答复客户。",
        "（二）组织全辖学习。",
        "请于2025年7月30日前书面回复落实情况和责任人，并于收到当日签退回执。",
        "附件：工单处理时间线",
        "总行消费者权益保护部",
        "2025年7月27日",
        "抄送：总行办公室",
        "回执",
        "（请于收到当日退回发文单位）",
        "函件",
        "消保提示〔2025〕7号 关于规范投保录音录像调阅答复的提示",
        "收文单位",
        "签收人",
        "签收日期",
        "回复期限",
        "2025年7月30日",
        "回复要点",
        "负责人（签字、盖章）",
    ]


def test_the_same_letter_is_the_same_bytes_and_bears_its_own_day(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    once, again = letter_docx(path, CONTENT, 7, 2025), letter_docx(path, CONTENT, 7, 2025)
    assert once == again
    assert Document(io.BytesIO(once)).core_properties.created.date() == DAY
    with zipfile.ZipFile(io.BytesIO(once)) as archive:
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(2025, 7, 27)}


def test_texts_are_texts_whatever_they_contain(tmp_path: Path) -> None:
    hostile = "<w:t>{{ 7*7 }}</w:t> & {% for x in y %} \x07 \ud800"
    content = replace(CONTENT, title=hostile, facts=(hostile,), table=LetterTable("表", ("列",), ((hostile,),)))
    said = texts_of(letter_docx(tmp_path / "store.duckdb", content, 1, 2025))
    assert sum("<w:t>{{ 7*7 }}</w:t> & {% for x in y %}" in text for text in said) == 4


def test_a_letter_without_a_number_is_a_draft_and_says_so(tmp_path: Path) -> None:
    assert "（草稿，未编号）" in texts_of(letter_docx(tmp_path / "store.duckdb", CONTENT, None, 2025))


def test_the_shipped_templates_are_those_that_the_script_builds() -> None:
    for name, content in build().items():
        with zipfile.ZipFile(io.BytesIO(content)) as built, zipfile.ZipFile(SHIPPED / name) as shipped:
            assert {n: built.read(n) for n in built.namelist()} == {n: shipped.read(n) for n in shipped.namelist()}


def test_a_banks_own_template_takes_the_shipped_ones_place(store: Store) -> None:
    own = store.path.parent / "templates" / "alert_letter.docx"
    own.parent.mkdir()
    document = Document()
    document.add_paragraph("本行版式：{{ number }} {{ title }}")
    document.add_paragraph("{{ table }}")
    document.save(str(own))
    entry = send(store)
    said = texts_of((store.path.parent / entry.body["file"]).read_bytes())
    assert said[0] == "本行版式：消保提示〔2025〕1号 关于规范投保录音录像调阅答复的提示"
    assert "收到工单" in said


@pytest.mark.parametrize("fault", ["{{ no_such_field }}", "{% for x in %}", "{{ ''.__class__.__mro__ }}"])
def test_a_template_that_cannot_be_used_is_said_and_nothing_is_sent(store: Store, fault: str) -> None:
    own = store.path.parent / "templates" / "alert_letter.docx"
    own.parent.mkdir()
    document = Document()
    document.add_paragraph(fault)
    document.save(str(own))
    with pytest.raises(Problem, match="template"):
        send(store)
    own.write_bytes(b"not a docx")
    with pytest.raises(Problem, match="template"):
        send(store)
    assert letters(store, HEAD_OFFICE, DAY) == []
    own.unlink()
    assert send(store).subject == "letter:alert-2025-1"


def test_r09_numbers_have_no_gap_with_two_people_at_once_and_run_by_kind_and_year(store: Store) -> None:
    sent: list[str] = []

    def write(kind: str) -> None:
        for _ in range(3):
            sent.append(send(store, replace(CONTENT, kind=kind)).subject)  # type: ignore[arg-type]

    threads = [threading.Thread(target=write, args=(kind,)) for kind in ("alert", "alert", "advice", "advice")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [f"letter:{kind}-2025-{n}" for kind in ("advice", "alert") for n in range(1, 7)]
    assert send(store, replace(CONTENT, day=date(2026, 1, 5), due=date(2026, 1, 8))).subject == "letter:alert-2026-1"


def test_a_letter_taken_back_keeps_its_number_and_the_same_wish_gets_one(store: Store) -> None:
    first = send(store, token="wish")
    assert send(store, token="wish").entry_id == first.entry_id
    take_step(
        store, HEAD_OFFICE, LETTER, first.subject, "letter_withdrawn", {"text": "重复发文"}, who="王敏", on_day=DAY
    )
    assert send(store).subject == "letter:alert-2025-2"
    assert [(one.number, one.state) for one in letters(store, HEAD_OFFICE, DAY)] == [
        ("消保提示〔2025〕1号", "withdrawn"),
        ("消保提示〔2025〕2号", "sent"),
    ]


def test_what_was_sent_is_kept_with_its_digest_and_a_changed_file_is_refused(store: Store) -> None:
    entry = send(store)
    kept = store.path.parent / entry.body["file"]
    assert kept.name == "消保提示〔2025〕1号.docx"
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == entry.body["sha256"]
    name, content = kept_letter(store, HEAD_OFFICE, DAY, "消保提示〔2025〕1号")
    assert (name, content) == (kept.name, kept.read_bytes())
    kept.write_bytes(content + b"x")
    with pytest.raises(Problem, match="changed"):
        kept_letter(store, HEAD_OFFICE, DAY, "alert-2025-1")
    kept.unlink()
    assert kept_letter(store, HEAD_OFFICE, DAY, "alert-2025-1")[1] == content  # made again of the entry alone


def test_letters_are_sent_by_the_head_office_in_the_order_of_their_days_and_with_every_part(store: Store) -> None:
    with pytest.raises(Problem, match="role"):
        send_letter(store, Scope("department"), CONTENT, who="李", on_day=DAY)
    for part in ("bank", "title", "addressee", "problem", "sender"):
        with pytest.raises(Problem, match="lacks"):
            send(store, replace(CONTENT, **{part: "  "}))  # type: ignore[arg-type]
    with pytest.raises(Problem, match="lacks"):
        send(store, replace(CONTENT, requirements=("", " ")))
    with pytest.raises(Problem, match="due"):
        send(store, replace(CONTENT, due=DAY - timedelta(days=1)))
    send(store)
    with pytest.raises(Problem, match="series"):
        send(store, replace(CONTENT, day=DAY - timedelta(days=1)))
    assert len(letters(store, HEAD_OFFICE, DAY)) == 1


def test_an_answer_is_overdue_the_day_after_and_not_once_it_came(store: Store) -> None:
    subject = send(store).subject
    due = CONTENT.due
    assert not letters(store, HEAD_OFFICE, due)[0].overdue(due)
    late = due + timedelta(days=1)
    assert letters(store, HEAD_OFFICE, late)[0].overdue(late)
    take_step(store, HEAD_OFFICE, LETTER, subject, "letter_received", {"text": ""}, who="周", on_day=due)
    assert letters(store, HEAD_OFFICE, late)[0].overdue(late)
    take_step(store, HEAD_OFFICE, LETTER, subject, "letter_answered", {"text": "已整改"}, who="周", on_day=late)
    assert not letters(store, HEAD_OFFICE, late)[0].overdue(late)
    body = {"text": "不够具体", "due": (late + timedelta(days=5)).isoformat()}
    take_step(store, HEAD_OFFICE, LETTER, subject, "letter_returned", body, who="王", on_day=late)
    again = letters(store, HEAD_OFFICE, late)[0]
    assert (again.state, again.due, again.overdue(late)) == ("received", late + timedelta(days=5), ())


def test_r09_a_letter_from_a_warning_carries_the_figures_of_the_screen(
    store: Store, fill: Callable[[list[Row]], None]
) -> None:
    """Two branches, counted by hand: 6 of 10 and 1 of 10 decided customers not agreed, so 3.5 at the bank's share."""
    rows = [
        {
            "ticket_id": f"T{number:02d}",
            "customer_id": f"C{number:02d}",
            "received_at": f"2025-03-{1 + number:02d} 09:00",
            "complaint_class": "提前还款",
            "branch_id": "B01" if number < 10 else "B02",
            "cause": "排队" if number % 2 else "违约金",
            "first_outcome": "not_agreed" if number in (0, 1, 2, 3, 4, 5, 10) else "agreed",
            "first_outcome_at": f"2025-04-{1 + number:02d} 09:00",
        }
        for number in range(20)
    ]
    frame = pd.DataFrame(rows)
    for column in ("received_at", "first_outcome_at"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
    fill(frame.to_dict("records"))
    made = letter_from_warning(store, HEAD_OFFICE, "alert", "提前还款", DAY, "zh_CN")
    assert made.table is not None
    assert made.table.rows == (
        ("B01", "10", "6", "3.5", "86%"),
        ("B02", "10", "1", "3.5", "14%"),
        ("全行", "20", "7", "7.0", "100%"),
    )
    assert "未达成一致客户7名" in made.facts[0]
    assert made.facts[-1] == "未达成一致客户的主要原因：违约金（4名）、排队（3名）。"
    assert made.due == date(2025, 7, 30)  # three working days after Sunday the 27th
    own = letter_from_warning(store, HEAD_OFFICE, "advice", "提前还款", DAY, "zh_CN", "B01")
    assert own.addressee == "B01"
    assert own.table is not None
    assert [row[0] for row in own.table.rows] == ["B01", "全行"]
    assert own.due == date(2025, 8, 8)  # ten working days


def test_a_letter_on_a_ticket_asks_for_a_new_answer_by_its_own_deadline_whatever_the_bank_s_limit(
    filled: Store,
) -> None:
    set_limits(filled, HEAD_OFFICE, {"answer_alert": 6}, who="王", on_day=DAY)
    ticket = str(
        filled.read(
            "tickets_counted",
            HEAD_OFFICE,
            DAY,
            complaint_class="提前还款",
            reading="first",
            measure="not_agreed",
            **{"from": date(2025, 1, 1), "to": DAY},
        )["ticket_id"].iloc[0]
    )
    made = letter_from_ticket(filled, HEAD_OFFICE, "alert", ticket, DAY, "zh_CN")
    assert made.due == date(2025, 8, 4)  # six working days after Sunday the 27th
    assert made.requirements[0] == "在本函答复期限届满前，按规定重新答复客户。"
    assert made.problem == "尚无答复记录，如不及时答复，客户可能升级投诉。"


def test_nothing_of_a_letter_s_end_stands_alone_on_a_page_and_a_column_is_set_one_way(tmp_path: Path) -> None:
    table = LetterTable("表", ("机构", "办理情况"), (("杭州", "已查"), ("宁波", "已逐笔复核在办申请并统一审批标准")))
    made = Document(io.BytesIO(letter_docx(tmp_path / "store.duckdb", replace(CONTENT, table=table), 7, 2025)))
    said = {paragraph.text: paragraph for paragraph in made.paragraphs}
    signature = [CONTENT.sender, "2025年7月27日"]
    assert all(said[text].paragraph_format.keep_with_next for text in signature), "the copies below keep them company"
    columns = [[row.cells[place].paragraphs[0].alignment for row in made.tables[0].rows[1:]] for place in (0, 1)]
    assert columns == [[WD_ALIGN_PARAGRAPH.CENTER] * 2, [None] * 2]


def test_old_data_are_said_in_the_letter(filled: Store) -> None:
    fresh = letter_from_warning(filled, HEAD_OFFICE, "alert", "提前还款", DAY, "zh_CN")
    assert not any("数据不及时" in note for note in fresh.notes)
    old = letter_from_warning(filled, HEAD_OFFICE, "alert", "提前还款", DAY + timedelta(days=60), "zh_CN")
    assert any("数据不及时" in note for note in old.notes)
    said = texts_of(letter_docx(filled.path, old, None, 2025))
    assert any("数据不及时" in text for text in said)


def test_a_letter_on_something_that_is_not_there_is_refused(filled: Store) -> None:
    with pytest.raises(Problem, match="no ticket"):
        letter_from_ticket(filled, HEAD_OFFICE, "alert", "T-nope", DAY, "zh_CN")
    with pytest.raises(Problem, match="no hazard"):
        letter_from_hazard(filled, HEAD_OFFICE, "alert", "2025-9", DAY, "zh_CN")
    with pytest.raises(Problem, match="nothing to write"):
        letter_from_warning(filled, HEAD_OFFICE, "alert", "没有", DAY, "zh_CN")


def test_a_letter_from_a_hazard_says_it_with_the_figures_it_concerns(filled: Store) -> None:
    about = {"class": "提前还款", "branch": "B01"}
    find_hazard(filled, HEAD_OFFICE, what="答复口径不一致。", source="review", who="王", on_day=DAY, about=about)
    made = letter_from_hazard(filled, HEAD_OFFICE, "alert", "2025-1", DAY, "zh_CN")
    assert made.title == "关于“答复口径不一致”隐患的提示"
    assert made.facts[0] == "2025年7月27日发现隐患：答复口径不一致。"
    assert made.about == {"class": "提前还款", "branch": "B01", "hazard": "2025-1"}
    assert made.problem.startswith("答复口径不一致。"), "what the hazard is, then how the year stands"
    assert made.table is not None
    assert hazards(filled, HEAD_OFFICE, DAY)[0].links == ()
    sent = send(
        filled, replace(made, bank="澜川银行", addressee="杭州分行")
    )  # the letter stands at the hazard that it was drawn from, until it is withdrawn
    assert hazards(filled, HEAD_OFFICE, DAY)[0].links == (("letter", "alert-2025-1"),)
    body = {"text": "发错单位"}
    take_step(filled, HEAD_OFFICE, LETTER, sent.subject, "letter_withdrawn", body, who="王", on_day=DAY)
    assert hazards(filled, HEAD_OFFICE, DAY)[0].links == ()
    assert letter_from_hazard(filled, HEAD_OFFICE, "advice", "2025-1", DAY, "zh_CN").title.endswith("隐患的建议")
    long = "住房贷款提前还款、宁波分行：28件申请批准3件，同类申请在其他机构应批准15件。" * 2
    find_hazard(filled, HEAD_OFFICE, what=long, who="王", on_day=DAY, source="test", test="审批标准不一致")
    find_hazard(filled, HEAD_OFFICE, what=long, who="王", on_day=DAY, source="hand")
    titles = [letter_from_hazard(filled, HEAD_OFFICE, "alert", f"2025-{n}", DAY, "zh_CN").title for n in (2, 3)]
    assert titles[0] == "关于“审批标准不一致”隐患的提示"
    assert "…" in titles[1]
    only_words = find_hazard(filled, HEAD_OFFICE, what="系统偶发故障", source="hand", who="王", on_day=DAY)
    made = letter_from_hazard(filled, HEAD_OFFICE, "alert", only_words.subject.partition(":")[2], DAY, "zh_CN")
    assert (made.table, made.problem) == (None, "系统偶发故障")


@pytest.fixture
def office() -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice on this machine")
    return Path(program)


def test_a_letter_opens_in_libreoffice(office: Path, tmp_path: Path) -> None:
    target = tmp_path / "letter.docx"
    target.write_bytes(letter_docx(tmp_path / "store.duckdb", CONTENT, 7, 2025))
    convert = ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(target)]
    command = [str(office), "--headless", f"-env:UserInstallation=file://{tmp_path}/office", *convert]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert "消保提示〔2025〕7号" in (tmp_path / "letter.txt").read_text("utf-8-sig")


def test_settling_changes_only_the_times(tmp_path: Path) -> None:
    made = build()["minutes.docx"]
    again = settled(made, date(2024, 2, 29))
    with zipfile.ZipFile(io.BytesIO(made)) as one, zipfile.ZipFile(io.BytesIO(again)) as other:
        differing = {name for name in one.namelist() if one.read(name) != other.read(name)}
    assert differing == {"docProps/core.xml"}
