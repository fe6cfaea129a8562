"""The list of who may come in: what it grants, and that a slip in it grants nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.readers import read_readers
from data.scope import HEAD_OFFICE, Scope
from texts import Problem, render

LIST = """
others = "viewer"

[[reader]]
email = "Wang.Min@bank.example"
name = "王敏"
role = "head_office"

[[reader]]
email = "li.lei@bank.example"
role = "branch"
branch = "B01"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "readers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everybody_has_the_role_that_the_list_gives(tmp_path: Path) -> None:
    readers = read_readers(written(tmp_path, LIST))
    manager = readers.find(" wang.min@BANK.example ")
    assert manager is not None
    assert (manager.scope, manager.name) == (HEAD_OFFICE, "王敏")
    branch = readers.find("li.lei@bank.example")
    assert branch is not None
    assert (branch.scope, branch.name) == (Scope("branch", "B01"), None)


def test_others_read_only_where_the_list_says_so(tmp_path: Path) -> None:
    anybody = read_readers(written(tmp_path, LIST)).find("someone@bank.example")
    assert anybody is not None
    assert anybody.scope == Scope("viewer")
    closed = read_readers(written(tmp_path, LIST.replace('others = "viewer"', "")))
    assert closed.find("someone@bank.example") is None


def test_a_list_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "readers.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LIST.replace("\n", "\r\n").encode())
    assert read_readers(path).find("wang.min@bank.example") is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[reader]]\nemail = "a@b.example"\nrole = "boss"', "boss"),
        ('[[reader]]\nemail = "a@b.example"\nrole = "branch"', "needs a branch"),
        ('[[reader]]\nemail = "a@b.example"\nrole = "viewer"\nbranch = "B01"', "branch"),
        ('[[reader]]\nemail = "a@b.example"', "not known"),
        ('[[reader]]\nrole = "viewer"', "e-mail is missing"),
        ('[[reader]]\nemail = "a@b.example"\nrolle = "viewer"', "rolle"),
        ('[[reader]]\nemail = 1\nrole = "viewer"', "text in quotes"),
        ('[reader]\nemail = "a@b.example"\nrole = "viewer"', "[[reader]]"),
        ('reader = ["a@b.example"]', "text in quotes"),
        ('others = "head_office"', "others"),
        ('others = ["viewer"]', "others"),
        ('other = "viewer"', "other"),
        ('[[reader]]\nemail = "a@b.example"\nrole = "viewer"\n' * 2, "twice"),
        ("others = viewer", "cannot be read"),
    ],
)
def test_a_slip_in_the_list_lets_nobody_in_and_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        read_readers(written(tmp_path, text))
    assert said in _rendered(caught.value)


def _rendered(problem: Problem) -> str:
    return " ".join(render(part, "en") for part in problem.parts())


def test_without_a_list_nobody_comes_in_and_is_told_what_to_write(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_readers(tmp_path / "readers.toml")
    assert "readers.toml" in _rendered(caught.value)
