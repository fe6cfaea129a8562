"""Sign-in through OpenID Connect, with a provider of the test's own: who comes in, as what, and who does not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.driver import STORE, Screen, Server, free_port, serving
from tests.browser.sign_in_provider import CLIENT, Provider, providing

READERS = """
[[reader]]
email = "wang.min@bank.example"
name = "王敏"
role = "head_office"

[[reader]]
email = "li.lei@bank.example"
role = "branch"
branch = "B01"
"""
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "a test's secret of more than thirty-two characters"
client_id = "{client}"
client_secret = "secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as running:
        yield running


@pytest.fixture(scope="module")
def guarded(provider: Provider, demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demo bank that asks everybody to sign in."""
    folder, port = tmp_path_factory.mktemp("guarded"), free_port()
    shutil.copy(demo_store, folder / STORE)
    (folder / "readers.toml").write_text(READERS, encoding="utf-8")
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(port=port, client=CLIENT, provider=provider.address), encoding="utf-8")
    with serving(folder, port=port, options=[f"--secrets.files={secrets}"]) as server:
        yield server


def sign_in(screen: Screen, address: str) -> None:
    """Open an address and press the one button there is; the provider sends the reader straight back."""
    screen.page.goto(address)
    screen.picker("sign_in_button").locator("button").click()
    screen.page.wait_for_selector('[data-testid="stSidebar"] .st-key-signed_in, .st-key-sign_out', timeout=90_000)
    screen.idle()


def test_before_signing_in_nothing_is_shown_but_the_way_in(guarded: Server, look: Callable[..., Screen]) -> None:
    window = look(guarded, fresh=True)
    window.page.goto(f"{guarded.address}/branches?class=提前还款")
    window.picker("sign_in_button").wait_for()
    window.shot("sign_in")
    expect(window.page.locator('[data-testid="stSidebar"]')).to_have_count(0)
    assert "提前还款" not in window.page.content()


def test_a_manager_signs_in_and_lands_where_the_link_pointed(
    guarded: Server, provider: Provider, look: Callable[..., Screen]
) -> None:
    provider.account = {"email": "Wang.Min@bank.example", "email_verified": True, "name": "Wang Min"}
    window = look(guarded, fresh=True)
    sign_in(window, f"{guarded.address}/review?lang=en&year=2025&as_of=2025-06-15")
    window.page.wait_for_url("**/review?*as_of=2025-06-15*")
    window.idle()
    window.shot("signed_in")
    window.says("signed_in", "head office")
    window.asks(lang="en")
    signed = window.page.locator(".st-key-signer_line")
    expect(signed).to_contain_text("王敏")
    expect(signed.locator("button")).to_have_count(0)


def test_a_branch_reader_sees_the_own_branch_only(
    guarded: Server, provider: Provider, look: Callable[..., Screen]
) -> None:
    provider.account = {"email": "li.lei@bank.example", "name": "李雷"}
    window = look(guarded, fresh=True)
    sign_in(window, guarded.address)
    window.says("signed_in", "B01")
    window.visit(f"{guarded.address}/data")
    expect(window.page.locator('[data-testid="stFileUploader"]')).to_have_count(0)


@pytest.mark.parametrize(
    ("account", "said"),
    [
        ({"email": "nobody@bank.example", "email_verified": True}, "nobody@bank.example"),
        ({"email": "wang.min@bank.example", "email_verified": False}, "已确认的邮箱"),
        ({"name": "Wang Min"}, "已确认的邮箱"),
    ],
)
def test_who_stands_in_no_list_or_has_no_confirmed_e_mail_stays_outside(
    guarded: Server, provider: Provider, look: Callable[..., Screen], account: dict[str, object], said: str
) -> None:
    provider.account = account
    window = look(guarded, fresh=True)
    sign_in(window, guarded.address)
    told = window.page.locator('[data-testid="stAlert"]').first
    expect(told).to_contain_text(said)
    expect(window.page.locator('[data-testid="stSidebar"]')).to_have_count(0)


def test_signing_out_shows_the_way_in_again(guarded: Server, provider: Provider, look: Callable[..., Screen]) -> None:
    provider.account = {"email": "wang.min@bank.example"}
    window = look(guarded, fresh=True)
    sign_in(window, guarded.address)
    window.picker("sign_out").locator("button").click()
    window.picker("sign_in_button").wait_for(timeout=60_000)
