"""The answers of speech-to-text services, as their documentation gives them, become the same turns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.intake.moments import moment_in_name, offsets
from data.intake.services import spoken_turns
from data.intake.speech import conversation
from data.store import Store
from tests.data.bank_files import opened, take
from texts import Problem

GREETING, COMPLAINT = "您好,请讲", "我要投诉"


def lattice(begin: int, text: str, speaker: str) -> dict[str, Any]:
    words = [{"cw": [{"w": one, "wp": "n", "wc": "1.0"}], "wb": 1, "we": 9} for one in text]
    return {"st": {"bg": str(begin), "ed": str(begin + 900), "rl": speaker, "rt": [{"ws": words}]}}


def packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# Every service hears the greeting at 0 s from speaker or channel 0, the complaint at 5.4 s from 1.
SERVICES: dict[str, Any] = {
    "alibaba file transcription": {
        "TaskId": "t",
        "StatusText": "SUCCESS",
        "BizDuration": 9000,
        "Result": {
            "Sentences": [
                {"BeginTime": 0, "EndTime": 900, "ChannelId": 0, "SilenceDuration": 0, "Text": GREETING},
                {"BeginTime": 5400, "EndTime": 9000, "ChannelId": 1, "SilenceDuration": 0, "Text": COMPLAINT},
            ]
        },
    },
    "alibaba paraformer, a list for every channel": {
        "file_url": "call.wav",
        "properties": {"audio_format": "pcm_s16le", "channels": [0, 1]},
        "transcripts": [
            {
                "channel_id": 0,
                "text": GREETING,
                "sentences": [{"begin_time": 0, "end_time": 900, "sentence_id": 1, "text": GREETING, "words": []}],
            },
            {
                "channel_id": 1,
                "text": COMPLAINT,
                "sentences": [{"begin_time": 5400, "end_time": 9000, "sentence_id": 1, "text": COMPLAINT, "words": []}],
            },
        ],
    },
    "aws transcribe": {
        "jobName": "job",
        "results": {
            "transcripts": [{"transcript": GREETING + COMPLAINT}],
            "items": [{"id": 0, "start_time": "0.0", "alternatives": [{"confidence": "0.9", "content": "您"}]}],
            "audio_segments": [
                {"id": 0, "transcript": GREETING, "start_time": "0.0", "end_time": "0.9", "speaker_label": "0"},
                {"id": 1, "transcript": COMPLAINT, "start_time": "5.4", "end_time": "9.0", "speaker_label": "1"},
            ],
        },
    },
    "azure batch": {
        "source": "call.wav",
        "timestamp": "2026-01-01T00:00:00Z",
        "durationInTicks": 90000000,
        "combinedRecognizedPhrases": [{"channel": 0, "display": GREETING}, {"channel": 1, "display": COMPLAINT}],
        "recognizedPhrases": [
            {
                "recognitionStatus": "Success",
                "channel": 0,
                "offset": "PT0S",
                "duration": "PT0.9S",
                "offsetInTicks": 0.0,
                "nBest": [{"confidence": 0.9, "lexical": "您好请讲", "itn": "您好请讲", "display": GREETING}],
            },
            {
                "recognitionStatus": "Success",
                "channel": 1,
                "offset": "PT5.4S",
                "duration": "PT3.6S",
                "offsetInTicks": 54000000.0,
                "nBest": [{"confidence": 0.9, "lexical": "我要投诉", "display": COMPLAINT}, {"display": "我要头数"}],
            },
        ],
    },
    "azure fast": {
        "durationMilliseconds": 9000,
        "combinedPhrases": [{"text": GREETING + COMPLAINT}],
        "phrases": [
            {"channel": 0, "offsetMilliseconds": 0, "durationMilliseconds": 900, "text": GREETING, "locale": "zh-CN"},
            {"channel": 1, "offsetMilliseconds": 5400, "durationMilliseconds": 3600, "text": COMPLAINT},
        ],
    },
    "baidu": {
        "log_id": 12345,
        "tasks_info": [
            {
                "task_status": "Success",
                "task_id": "t",
                "task_result": {
                    "result": [GREETING + COMPLAINT],
                    "audio_duration": 9000,
                    "detailed_result": [
                        {"res": [GREETING], "begin_time": 0, "end_time": 900, "speaker": 0, "words_info": []},
                        {"res": [COMPLAINT], "begin_time": 5400, "end_time": 9000, "speaker": 1, "words_info": []},
                    ],
                },
            }
        ],
    },
    "funasr": {
        "key": "call",
        "text": GREETING + COMPLAINT,
        "sentence_info": [
            {"start": 0, "end": 900, "spk": 0, "text": GREETING, "timestamp": [[0, 900]]},
            {"start": 5400, "end": 9000, "spk": 1, "text": COMPLAINT, "timestamp": [[5400, 9000]]},
        ],
    },
    "google": {
        "results": [
            {"alternatives": [{"transcript": GREETING}], "channelTag": 0, "resultEndTime": "0s"},
            {"alternatives": [{"transcript": COMPLAINT}], "channelTag": 1, "resultEndTime": "5.400s"},
        ]
    },
    "iflytek, first version": {
        "ok": 0,
        "data": packed(
            [
                {"bg": "0", "ed": "900", "onebest": GREETING, "speaker": "0"},
                {"bg": "5400", "ed": "9000", "onebest": COMPLAINT, "speaker": "1"},
            ]
        ),
    },
    "tencent": {
        "Response": {
            "RequestId": "r",
            "Data": {
                "TaskId": 1,
                "ResultDetail": [
                    {"FinalSentence": GREETING, "StartMs": 0, "EndMs": 900, "SpeakerId": 0, "Words": []},
                    {"FinalSentence": COMPLAINT, "StartMs": 5400, "EndMs": 9000, "SpeakerId": 1, "Words": []},
                ],
            },
        }
    },
    "volcano engine": {
        "audio_info": {"duration": 9000},
        "result": {
            "text": GREETING + COMPLAINT,
            "utterances": [
                {"start_time": 0, "end_time": 900, "text": GREETING, "additions": {"speaker": "0"}, "words": []},
                {"start_time": 5400, "end_time": 9000, "text": COMPLAINT, "additions": {"speaker": "1"}, "words": []},
            ],
        },
    },
}
HUAWEI = {
    "asr_result": {
        "status": "FINISHED",
        "audio_duration": 9000,
        "segments": [
            {
                "start_time": 0,
                "end_time": 900,
                "result": {"text": GREETING, "analysis_info": {"role": "AGENT", "emotion": "NORMAL", "speed": 5.0}},
            },
            {
                "start_time": 5400,
                "end_time": 9000,
                "result": {"text": COMPLAINT, "analysis_info": {"role": "USER", "emotion": "ANGRY", "speed": 5.0}},
            },
        ],
    }
}
IFLYTEK_SECOND = {  # counts the speakers from 1; 0 where it did not tell them apart
    "code": "000000",
    "content": {
        "orderInfo": {"orderId": "o", "status": 4},
        "orderResult": packed(
            {
                "lattice": [
                    {"json_1best": packed(lattice(0, GREETING, "1"))},
                    {"json_1best": packed(lattice(5400, COMPLAINT, "2"))},
                    {"json_1best": packed(lattice(9000, "喂", "0"))},
                ]
            }
        ),
    },
}
EXPECTED = [
    ("2025-03-05 10:00:00", "call", "agent", GREETING),
    ("2025-03-05 10:00:05", "call", "customer", COMPLAINT),
]
STORED = "SELECT happened_at::VARCHAR, medium, speaker, text FROM stored.interactions ORDER BY turn"
MAPPING = """
kind = "interactions"
[columns]
interaction_id = ["call_id", "interaction_id"]
turn = ["turn"]
at = ["at"]
medium = ["medium"]
speaker = ["speaker"]
text = ["text"]
[words]
agent = ["0"]
customer = ["1"]
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store.duckdb") as one:
        yield one


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_r13_a_services_answer_beside_the_banks_own_fields_becomes_turns(
    store: Store, tmp_path: Path, name: str
) -> None:
    own = {"call_id": "I1", "started_at": "2025-03-05 10:00:00", "speakers": {"0": "坐席", "1": "客户"}}
    path = tmp_path / "calls.jsonl"
    path.write_text(packed({**own, "answer": SERVICES[name]}) + "\n", encoding="utf-8")
    take(store, path)
    assert store.cursor().execute(STORED).fetchall() == EXPECTED


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_r13_a_bare_answer_is_a_call_named_and_dated_by_its_file(store: Store, tmp_path: Path, name: str) -> None:
    mapping = tmp_path / "channels.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    path = tmp_path / "95588-7_20250305100000.json"
    path.write_text(packed(SERVICES[name]), encoding="utf-8")
    take(store, path, mapping=str(mapping))
    assert store.cursor().execute(STORED).fetchall() == EXPECTED
    calls = store.cursor().execute("SELECT DISTINCT interaction_id FROM stored.interactions").fetchall()
    assert calls == [("95588-7_20250305100000",)]


def test_r13_roles_that_a_service_names_need_no_mapping(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "call 2025-03-05 10-00-00.json"
    path.write_text(json.dumps(HUAWEI, ensure_ascii=False, indent=2), encoding="utf-8")
    take(store, path)
    assert store.cursor().execute(STORED).fetchall() == EXPECTED


def test_speakers_that_a_service_did_not_tell_apart_are_set_aside(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    own = {"call_id": "I1", "started_at": "2025-03-05 10:00:00", "speakers": {"1": "坐席", "2": "客户"}}
    path.write_text(packed({**own, **IFLYTEK_SECOND}) + "\n", encoding="utf-8")
    report = take(store, path)
    assert (report.accepted, report.set_aside) == (2, 1)
    assert store.cursor().execute(STORED).fetchall() == EXPECTED


def test_a_bare_answer_in_a_file_without_a_time_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "call7.json"
    path.write_text(packed(HUAWEI), encoding="utf-8")
    with pytest.raises(Problem, match="Time"):
        take(store, path)


def test_the_name_of_the_file_holds_only_where_the_record_says_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "other_20200101000000.json"
    path.write_text(packed({"call_id": "I1", "started_at": "2025-03-05 10:00:00", **HUAWEI}), encoding="utf-8")
    take(store, path)
    assert store.cursor().execute(STORED).fetchall() == EXPECTED
    assert store.cursor().execute("SELECT DISTINCT interaction_id FROM stored.interactions").fetchall() == [("I1",)]


def test_a_list_of_records_that_name_their_calls_is_a_table_and_no_bare_answer(store: Store, tmp_path: Path) -> None:
    own = {"turn": 1, "at": "2025-03-05 10:00:00", "medium": "call", "speaker": "客户", "text": COMPLAINT, "start": 0}
    records = [{"call_id": f"I{n}", **own} for n in (1, 2)]
    path = tmp_path / "calls_20200101000000.json"
    path.write_text(packed(records), encoding="utf-8")
    take(store, path)
    found = store.cursor().execute("SELECT interaction_id, happened_at::VARCHAR FROM stored.interactions ORDER BY 1")
    assert found.fetchall() == [("I1", "2025-03-05 10:00:00"), ("I2", "2025-03-05 10:00:00")]


@pytest.mark.parametrize("start", ["2025-03-05 10:00:00", None, True, [0], "soon", "minutes"])
def test_what_is_no_offset_makes_no_list_of_spoken_turns(start: object) -> None:
    assert spoken_turns([{"content": COMPLAINT, "start_time": start}]) is None
    assert conversation({"data": [{"content": COMPLAINT, "start_time": start}]}) is None


def test_several_conversations_in_one_answer_are_not_mixed() -> None:
    tasks = SERVICES["baidu"]["tasks_info"] * 2
    assert conversation({"call_id": "I1", "tasks_info": tasks}) is None


def test_an_answer_that_was_cut_off_is_no_error() -> None:
    for part in ('{"lattice": [', "[1, 2]", "{}", "[" * 50_000):
        assert not conversation({"call_id": "I1", "content": {"orderResult": part}})
    odd: list[dict[str, Any]] = [{"json_1best": "{"}, {"rt": [None, {"ws": [None, {"cw": []}]}]}, {"nBest": []}]
    for turn in odd:
        assert [one.get("text") for one in conversation({"lattice": [turn]}) or []] == [None]


@pytest.mark.parametrize(
    ("turns", "seconds"),
    [
        ([{"start": 0, "end": 900, "text": GREETING}, {"start": 1100, "end": 1900, "text": COMPLAINT}], 1.1),
        ([{"start": 0, "end": 1, "text": GREETING}, {"start": 1100, "end": 1102, "text": COMPLAINT}], 1100.0),
        ([{"Offset": 1, "Duration": 9e6, "Text": GREETING}, {"Offset": 1.1e7, "Duration": 8e6, "Text": "投诉"}], 1.1),
        ([{"offset": "PT0S", "text": GREETING}, {"offset": "PT1H2M3.5S", "text": COMPLAINT}], 3723.5),
    ],
    ids=["milliseconds of a short call", "seconds of a slow one", "ticks", "spans"],
)
def test_the_unit_of_an_offset_is_told_by_how_long_a_character_takes(
    turns: list[dict[str, Any]], seconds: float
) -> None:
    assert offsets(turns)[1] == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("95588-7_20250305100000", "2025-03-05 10:00:00"),
        ("call 2025-03-05 10-00-00", "2025-03-05 10:00:00"),
        ("2025.03.05T10.00", "2025-03-05 10:00:00"),
        ("20251345100000", None),
        ("123456789012345678901", None),
        ("call7", None),
    ],
)
def test_a_files_name_holds_a_moment_or_none(name: str, said: str | None) -> None:
    found = moment_in_name(name)
    assert (None if found is None else f"{found:%Y-%m-%d %H:%M:%S}") == said
