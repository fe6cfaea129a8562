"""Who signs what is entered: who has signed in, else a name that is asked for once and kept for the window."""

from __future__ import annotations

import streamlit as st

from ui.desk import ask_desk, keep_at_desk
from ui.view import View

SIGNER, SIGNED_IN, FORGET = "signer", "signed_in_as", "signer_forgotten"
LONGEST = 40  # characters of a name


def tidy_name(text: str) -> str | None:
    """Give a name without line breaks, control characters and needless blanks; None where nothing is left."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())[:LONGEST].strip() or None


def sign_as(name: str) -> None:
    """Have every entry of this session signed by who has signed in."""
    st.session_state[SIGNER] = st.session_state[SIGNED_IN] = tidy_name(name)


def signer(view: View, key: str = SIGNER) -> str | None:
    """Show who signs, or ask for the name; give the name, None where it has not been given yet.

    Call it where the entry forms begin and show them once it gives a name. key: another one for every further call
    on one screen. A typed name is the window's, also after a reload: whoever sits down at it can change it.
    """
    state = st.session_state
    if SIGNER not in state:
        _ask(view, key)
        return None
    name: str = state[SIGNER]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_line"):
        st.markdown(view.say(":material/draw: Entries are signed by"), width="content")
        st.text(name, width="content")
        if SIGNED_IN in state:
            keep_at_desk("", f"{key}_desk")
            return name
        st.button(
            view.say("Someone else"),
            key=f"{key}_change",
            type="tertiary",
            help=view.say("Asks for the name again; entries made so far keep theirs."),
            on_click=_someone_else,
        )
        keep_at_desk(name, f"{key}_desk")
    return name


def known_signer() -> str | None:
    """Give the session's name without showing anything; None where none was given yet."""
    name: str | None = st.session_state.get(SIGNER)
    return name


def _someone_else() -> None:
    st.session_state.pop(SIGNER, None)
    st.session_state[FORGET] = True


def _ask(view: View, key: str) -> None:
    asked = f"{key}_name"

    def known(name: str) -> None:
        tidy = tidy_name(name)
        if tidy is not None and SIGNER not in st.session_state:
            st.session_state[SIGNER] = tidy

    def keep() -> None:
        name = tidy_name(st.session_state[asked] or "")
        if name is not None:
            st.session_state[SIGNER] = name
            st.session_state.pop(FORGET, None)

    ask_desk(f"{key}_asked", forget=bool(st.session_state.get(FORGET)), found=known)

    with st.form(f"{key}_form", border=True):
        st.markdown(view.say("**Who are you?** Every entry is signed with a name."))
        st.text_input(
            view.say("Your name"),
            key=asked,
            max_chars=LONGEST,
            placeholder=view.say("e.g. Wang Min, consumer protection"),
        )
        st.form_submit_button(view.say("Sign with this name"), on_click=keep, type="primary")
