"""Who is reading. On this machine only: the head office; other addresses are refused without sign-in."""

from __future__ import annotations

import os
from ipaddress import ip_address
from urllib.parse import urlsplit

import streamlit as st

from data.scope import HEAD_OFFICE, Scope
from texts import N_, Message, Problem

OPEN_VARIABLE = "RESOLUTION_WATCH_OPEN_TO_ALL"
OPEN_WORDS = "everyone who reaches this address may see and change everything"


def reader() -> Scope:
    """Give the scope of who is looking.

    Raises Problem where the page is served to another address than this machine's and nobody said in so many words
    that this is meant.
    """
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
