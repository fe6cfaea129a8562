"""Messages: written once, read in two languages, kept in the store without one."""

from __future__ import annotations

import json

import pytest

from texts import Message, Problem, missing_texts, render
from texts import __main__ as texts_command
from texts.__main__ import main, marked


def test_a_message_is_written_out_in_the_readers_language() -> None:
    message = Message("The role “{role}” is not known.", {"role": "king"})
    assert render(message, "en") == "The role “king” is not known."
    assert render(message, "zh_CN") != render(message, "en")
    assert "king" in render(message, "zh_CN")


def test_a_message_inside_a_message_is_written_out_first() -> None:
    inner = Message("customers")
    assert render(Message("{count} {unit}", {"count": 3, "unit": inner}), "zh_CN") == "3 " + render(inner, "zh_CN")


def test_a_message_survives_the_store() -> None:
    message = Message("{a} of {b}", {"a": 1, "b": Message("customers")})
    assert Message.from_json(json.loads(json.dumps(message.to_json()))) == message


def test_a_problem_says_what_where_and_what_to_do() -> None:
    problem = Problem(Message("What {x}.", {"x": 1}), Message("Do this."), Message("There."))
    with pytest.raises(Problem, match=r"What 1\. There\. Do this\."):
        raise problem
    assert [part.id for part in problem.parts()] == ["What {x}.", "There.", "Do this."]


def test_a_missing_text_is_found() -> None:
    assert missing_texts(["no such text anywhere"], "zh_CN") == ["no such text anywhere"]


def test_texts_within_f_strings_and_within_other_texts_are_found_too() -> None:
    source = """say("a {b}", b=view.say("c")); f"**{say('d')}** {N_('e')}"; other("f")"""
    assert sorted(marked(source)) == ["a {b}", "c", "d", "e"]


def test_a_value_with_braces_is_shown_as_it_is() -> None:
    assert render(Message("The role “{role}” is not known.", {"role": "{x}"}), "en") == "The role “{x}” is not known."


def test_the_command_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dance"]) == 2
    assert "usage" in capsys.readouterr().out


def test_an_id_with_two_texts_is_a_fault_the_last_catalogue_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"ui": {"closed": "已办结"}, "analytics": {"closed": "已关闭"}}
    monkeypatch.setattr(texts_command, "extracted", lambda folder: {})
    monkeypatch.setattr(texts_command, "read_texts", lambda path: said.get(path.stem, {}))
    assert [line for line in texts_command.faults() if line.startswith("zh_CN")] == [
        "zh_CN/ui: another text elsewhere for 'closed'"
    ]
