"""Who is reading: on this machine the head office; from anywhere else whoever has signed in and stands in the list."""

from __future__ import annotations

import os
from collections import OrderedDict
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from data.readers import READERS_FILE, Reader, read_readers
from data.scope import HEAD_OFFICE, Role, Scope
from data.store import default_path
from texts import N_, Language, Message, Problem, render
from ui.heading import screen_title
from ui.pickers import asked_language
from ui.view import View
from ui.who import sign_as

OPEN_VARIABLE = "RESOLUTION_WATCH_OPEN_TO_ALL"
OPEN_WORDS = "everyone who reaches this address may see and change everything"
BROWSER = "_streamlit_xsrf"  # a cookie by which a browser is known again when its reader comes back from the sign-in
MOST_WANTED = 500
ROLE_NAMES: dict[Role, str] = {
    "head_office": N_("head office, consumer protection"),
    "department": N_("department"),
    "branch": N_("branch"),
    "viewer": N_("reads only"),
}
_wanted: OrderedDict[str, tuple[str, dict[str, str]]] = OrderedDict()  # browser → page and selection it came for


def reader() -> Scope:
    """Give the scope of who is looking; shows the sign-in and ends the run where nobody has signed in yet.

    Raises Problem for somebody who stands in no list, and where the page is served to another address than this
    machine's without sign-in and nobody said in so many words that this is meant.
    """
    if sign_in_is_set_up():
        language = asked_language()
        if not st.user.is_logged_in:
            _ask_to_sign_in(language)
        known = _signed_in(language)
        sign_as(known.name or str(st.user.get("name") or st.user.get("email")))
        return known.scope
    if is_local(st.get_option("server.address"), st.context.headers.get("Host")) or told_open():
        return HEAD_OFFICE
    raise Problem(
        Message(N_("This address is not served without sign-in.")),
        Message(
            N_(
                "Open the product on the machine it runs on, or set up sign-in. To serve everyone all the same, set "
                "{variable} to “{words}”."
            ),
            {"variable": OPEN_VARIABLE, "words": OPEN_WORDS},
        ),
    )


def sign_in_is_set_up() -> bool:
    """Say whether the bank has named its sign-in: the part [auth] of Streamlit's secrets."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def came_for() -> tuple[str, dict[str, str]] | None:
    """Give, once, the page and selection a browser came for before its reader was sent away to sign in."""
    return _wanted.pop(_browser(), None) if _wanted else None


def show_signed_in(view: View) -> None:
    """Say who has signed in and as what, and let them sign out; nothing without sign-in."""
    if not sign_in_is_set_up():
        return
    role = view.say(ROLE_NAMES[view.scope.role])
    part = f"{role} {view.scope.branch_id}" if view.scope.branch_id else role
    with st.container(key="signed_in", gap="small"):
        st.text(f"{st.user.get('name') or st.user.get('email')} · {part}")
        st.button(view.say("Sign out"), key="sign_out", type="tertiary", icon=":material/logout:", on_click=st.logout)


def _ask_to_sign_in(language: Language) -> None:
    """Show the one button there is, remember where its reader wanted to go, and end the run."""
    if browser := _browser():
        _wanted[browser] = (urlsplit(st.context.url or "").path.rstrip("/").rsplit("/", 1)[-1], dict(st.query_params))
        _wanted.move_to_end(browser)
        while len(_wanted) > MOST_WANTED:
            _wanted.popitem(last=False)
    with st.container(key="sign_in", horizontal_alignment="center"):
        screen_title(render(Message(N_("Resolution Watch")), language), centred=True)
        st.markdown(
            render(Message(N_("Sign in with your account at the bank. What you see depends on your role.")), language),
            text_alignment="center",
        )
        st.button(
            render(Message(N_("Sign in")), language),
            key="sign_in_button",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
        )
    st.stop()


def _browser() -> str:
    """Give what tells this browser from others: the cookie's token, which is written in another guise every time
    (version|mask|token masked byte by byte|time); empty where there is no such cookie."""
    parts = st.context.cookies.get(BROWSER, "").split("|")
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
    except (IndexError, ValueError):
        return ""
    return bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked)).hex() if mask else ""


def _signed_in(language: Language) -> Reader:
    """Give the role of who has signed in.

    Raises Problem for an account without a confirmed e-mail, and one that has not been given a role.
    """
    account = st.user.to_dict()
    email = str(account.get("email") or "")
    confirmed = account.get("email_verified", True) in (True, "true")  # a bank's own directory leaves it out
    known = read_readers(default_path().parent / READERS_FILE).find(email) if email and confirmed else None
    if known is not None:
        return known
    st.button(
        render(Message(N_("Sign in as somebody else")), language),
        key="sign_out",
        icon=":material/logout:",
        on_click=st.logout,
    )
    if not email or not confirmed:
        raise Problem(
            Message(N_("Your sign-in gave no confirmed e-mail, so your role cannot be found.")),
            Message(N_("Ask whoever runs the sign-in at your bank.")),
        )
    raise Problem(
        Message(N_("{email} has not been given a role here."), {"email": email}),
        Message(N_("Ask the head office's consumer-protection team.")),
    )


def told_open() -> bool:
    """Say whether whoever started the product said in so many words that everybody may come in."""
    return os.environ.get(OPEN_VARIABLE, "").strip().lower() == OPEN_WORDS


def is_local(address: str | None, host: str | None) -> bool:
    """Say whether the server listens on this machine only, and was called by a name of this machine."""
    return _loopback(address) and (host is None or _loopback(urlsplit(f"//{host}").hostname))


def _loopback(name: str | None) -> bool:
    if not name:
        return False
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
