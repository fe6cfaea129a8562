import pytest

from ui.sign_in import OPEN_VARIABLE, OPEN_WORDS, is_local, told_open


@pytest.mark.parametrize(
    ("address", "host"),
    [("127.0.0.1", "localhost:8501"), ("localhost", "127.0.0.1:8501"), ("::1", "[::1]:8501"), ("127.0.0.1", None)],
)
def test_the_machine_itself_needs_no_sign_in(address: str, host: str | None) -> None:
    assert is_local(address, host)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (None, "localhost:8501"),
        ("0.0.0.0", "localhost:8501"),
        ("10.1.2.3", "10.1.2.3"),
        ("127.0.0.1", "bank.example"),
        ("127.0.0.1", "127.0.0.1.bank.example"),
    ],
)
def test_an_address_that_others_can_reach_is_not_local(address: str | None, host: str) -> None:
    assert not is_local(address, host)


def test_opening_to_all_takes_the_words_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OPEN_VARIABLE, "yes")
    assert not told_open()
    monkeypatch.setenv(OPEN_VARIABLE, OPEN_WORDS)
    assert told_open()
