"""Transcripts as speech-to-text systems deliver them become the same turns as a plain table's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.intake.speech import conversation
from data.store import Store
from tests.data.bank_files import opened, take
from texts import Problem

# One conversation in five shapes; every one says the same two turns at 10:00:00 and 10:00:05 on 5 March 2025.
SECONDS = {
    "call_id": "I1",
    "started_at": "2025-03-05T10:00:00+08:00",
    "branch_id": "B01",
    "segments": [
        {"start": 0.0, "end": 4.2, "speaker": "agent", "text": "您好,请讲"},
        {"start": 5.4, "end": 9.0, "speaker": "customer", "text": "我要投诉"},
    ],
}
MILLISECONDS = {
    "call_id": "I1",
    "start_time": "2025-03-05 10:00:00",
    "branch_id": "B01",
    "speakers": {"A": "坐席", "B": "客户"},
    "utterances": [
        {"start": 0, "end": 4200, "speaker": "A", "text": "您好,请讲"},
        {"start": 5400, "end": 9000, "speaker": "B", "text": "我要投诉"},
    ],
}
NESTED = {
    "call_id": "I1",
    "branch_id": "B01",
    "begin_time": 1741140000000,
    "result": {
        "channels": {"0": "客服", "1": "来电人"},
        "Sentences": [
            {"BeginTime": 0, "EndTime": 4200, "ChannelId": 0, "Text": "您好,请讲"},
            {"BeginTime": 5400, "EndTime": 9000, "ChannelId": 1, "Text": "我要投诉"},
        ],
    },
}
DETAIL = {
    "call_id": "I1",
    "开始时间": "2025年3月5日 10:00",
    "branch_id": "B01",
    "roles": ["坐席", "用户"],
    "ResultDetail": [
        {"StartMs": 0, "EndMs": 4200, "SpeakerId": 0, "FinalSentence": "您好,请讲"},
        {"StartMs": 5400, "EndMs": 9000, "SpeakerId": 1, "FinalSentence": "我要投诉"},
    ],
}
TIMES = {
    "call_id": "I1",
    "branch_id": "B01",
    "medium": "call",
    "messages": [
        {"timestamp": 1741140000, "role": "assistant", "content": "您好,请讲"},
        {"timestamp": 1741140005, "role": "user", "content": "我要投诉"},
    ],
}
EXPECTED = [
    ("I1", 1, "2025-03-05 10:00:00", "call", "agent", "您好,请讲", "B01"),
    ("I1", 2, "2025-03-05 10:00:05", "call", "customer", "我要投诉", "B01"),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


@pytest.mark.parametrize(
    "shape", [SECONDS, MILLISECONDS, NESTED, DETAIL, TIMES], ids=["secs", "ms", "nested", "detail", "times"]
)
def test_r13_a_speech_to_text_file_becomes_turns(store: Store, tmp_path: Path, shape: dict[str, Any]) -> None:
    path = tmp_path / "speech.jsonl"
    path.write_text(json.dumps(shape, ensure_ascii=False) + "\n", encoding="utf-8")
    report = take(store, path)
    assert (report.kind, report.accepted, report.set_aside) == ("interactions", 2, 0)
    rows = store.cursor().execute(
        "SELECT interaction_id, turn, happened_at::VARCHAR, medium, speaker, text, branch_id "
        "FROM stored.interactions ORDER BY turn"
    )
    assert rows.fetchall() == EXPECTED


@pytest.mark.parametrize("document", [SECONDS, [SECONDS]], ids=["one conversation", "a list of them"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_document_is_read_like_lines(store: Store, tmp_path: Path, document: object, indent: int | None) -> None:
    path = tmp_path / "calls.json"
    path.write_text(json.dumps(document, ensure_ascii=False, indent=indent), encoding="utf-8")
    take(store, path)
    found = store.cursor().execute("SELECT turn, speaker, text FROM stored.interactions ORDER BY turn").fetchall()
    assert found == [(1, "agent", "您好,请讲"), (2, "customer", "我要投诉")]


@pytest.mark.parametrize("text", ['[{"turns": ', '{\n "turns": []\n}\n'])
def test_a_json_document_without_turns_is_refused_in_plain_words(store: Store, tmp_path: Path, text: str) -> None:
    path = tmp_path / "calls.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Problem, match=r"JSON|conversation"):
        take(store, path)


def test_a_speaker_that_nobody_names_is_set_aside_and_not_guessed(store: Store, tmp_path: Path) -> None:
    unnamed = {key: value for key, value in MILLISECONDS.items() if key != "speakers"}
    path = tmp_path / "speech.jsonl"
    path.write_text(json.dumps(unnamed, ensure_ascii=False) + "\n", encoding="utf-8")
    report = take(store, path)
    assert (report.accepted, report.set_aside) == (0, 2)


def test_a_mapping_names_the_channels_of_a_bank(store: Store, tmp_path: Path) -> None:
    unnamed = {key: value for key, value in MILLISECONDS.items() if key != "speakers"}
    mapping = tmp_path / "own.toml"
    mapping.write_text(
        'kind = "interactions"\n[columns]\ninteraction_id = ["call_id"]\nturn = ["turn"]\nat = ["at"]\n'
        'medium = ["medium"]\nspeaker = ["speaker"]\ntext = ["text"]\n[words]\nagent = ["A"]\ncustomer = ["B"]\n',
        encoding="utf-8",
    )
    path = tmp_path / "speech.jsonl"
    path.write_text(json.dumps(unnamed, ensure_ascii=False) + "\n", encoding="utf-8")
    assert take(store, path, mapping=str(mapping)).accepted == 2


def test_offsets_are_milliseconds_where_seconds_could_not_be() -> None:
    long = {"started_at": "2025-03-05 10:00:00", "segments": [{"start": 0, "text": "a"}, {"start": 1300, "text": "b"}]}
    at = [turn["at"] for turn in conversation(long) or []]
    assert at == ["2025-03-05 10:00:00", "2025-03-05 10:00:01"]
    short = {"started_at": "2025-03-05 10:00:00", "segments": [{"start": 0, "text": "a"}, {"start": 13, "text": "b"}]}
    assert [turn["at"] for turn in conversation(short) or []][1] == "2025-03-05 10:00:13"


@pytest.mark.parametrize(
    ("name", "start", "text", "speaker", "started"),
    [
        ("lattice", "begin", "onebest", "spk", "call_time"),
        ("sentence_info", "start", "text", "spk", "created_at"),
        ("Sentences", "BeginTime", "Text", "ChannelId", "StartTime"),
    ],
)
def test_common_services_names_of_turns_and_start_are_known(
    name: str, start: str, text: str, speaker: str, started: str
) -> None:
    spoken = [{start: 0, text: "您好", speaker: 0}, {start: 5400, text: "我要投诉", speaker: 1}]
    turns = conversation({started: "2025-03-05 10:00:00", "speakers": ["坐席", "客户"], name: spoken})
    assert turns is not None
    said = [(turn["at"], turn["speaker"], turn["text"], turn["medium"]) for turn in turns]
    assert said == [
        ("2025-03-05 10:00:00", "坐席", "您好", "call"),
        ("2025-03-05 10:00:05", "客户", "我要投诉", "call"),
    ]


def test_a_list_that_holds_no_turns_is_no_conversation() -> None:
    assert conversation({"id": 1, "text": "one turn"}) is None
    assert conversation({"turns": []}) == []
    assert conversation({"turns": ["text"]}) == []


MOMENTS = (1e20, 10**400, "2025-13-45 25:61", "0001-01-01T00:00:00+14:00", "9999-12-31 23:59:59", True, ["x"], None)
OFFSETS = (1e300, float("nan"), float("-inf"), -1e12, "soon", None)


@pytest.mark.parametrize("started", MOMENTS, ids=lambda started: str(started)[:12])
def test_a_time_that_is_none_is_no_error(started: object) -> None:
    for offset in OFFSETS:
        record = {"started_at": started, "turns": [{"speaker": "customer", "text": "喂", "start": offset}]}
        assert [turn["text"] for turn in conversation(record) or []] == ["喂"]


def test_an_offset_beyond_all_time_leaves_the_turn_at_the_start() -> None:
    record = {"started_at": "2025-03-05 10:00:00", "turns": [{"speaker": "customer", "text": "喂", "start": 1e300}]}
    assert [turn["at"] for turn in conversation(record) or []] == ["2025-03-05 10:00:00"]


ODD_LINES = (
    '{"interaction_id": "I1", "medium": "call", "turns": [{"speaker": "客户", "text": "喂", "at": "2025-03-05 10:05"},'
    '{"speaker": "客户", "text": "喂", "at": "2025-03-05 10:01:00"}, {"text": "谁说的", "at": "2025-03-05 10:02:00"}, '
    '{"speaker": "客户", "text": " ", "at": "2025-03-05 10:03:00"}]}',
    '{"interaction_id": "I2", "medium": "call", "started_at": "2025-13-45", "turns": [{"text": "喂"}]}',
    '{"interaction_id": "I3", "turns": []}',
    "[1]",
    "{",
)


def test_of_an_odd_file_every_turn_is_stored_or_set_aside_with_its_reason(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text("\n".join(ODD_LINES) + "\n", encoding="utf-8")
    report = take(store, path)
    assert (report.rows_read, report.accepted, report.set_aside) == (8, 2, 6)
    assert take(store, path).unchanged == 2


def test_a_first_cell_without_end_is_refused_at_once(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text("[" * 100_000 + "\n", encoding="utf-8")
    with pytest.raises(Problem, match="header"):
        take(store, path)
