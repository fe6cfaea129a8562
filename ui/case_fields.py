"""The fields of the form about a case: kept as a draft at every change, restored on opening."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from analytics.case_steps import as_day, said
from answers.case_board import newest_entry, subject_of
from answers.case_file import CaseFile
from data.drafts import drop_draft, read_draft, save_draft
from data.ledger import Entry, entries
from texts import Message
from ui.plain import plain
from ui.view import View

FIELDS = (
    "what", "on", "party", "text", "mediator", "scheduled", "result", "asked_of", "granted", "approved_by",
    "customer_told", "owner", "next_step", "due",
)  # fmt: skip


def form_key(ticket_id: str, name: str) -> str:
    """Give the key of a field of a case's form."""
    return f"case_{ticket_id}_{name}"


def begin_with(ticket_id: str, kind: str) -> None:
    """Let the form of a case open on a kind of entry, e.g. a request for mediation asked for on another screen."""
    st.session_state[form_key(ticket_id, "begin_with")] = kind


class Fields:
    """The fields of one person's form about one case: shown, kept as a draft at every change, restored on opening."""

    def __init__(self, view: View, file: CaseFile, who: str) -> None:
        self.view, self.who = view, who
        self.ticket_id = file.case.state.ticket_id
        self.subject = subject_of(self.ticket_id)
        self.form = f"case:{self.ticket_id}"
        state = st.session_state
        if self._key("what") not in state or state.get(self._key("who")) != who:
            for name in FIELDS:
                state.pop(self._key(name), None)
            draft = read_draft(view.store, self.form, who)
            state[self._key("who")] = who
            state[self._key("draft")] = dict(draft.body) if draft else {}
            state[self._key("restored")] = draft.saved_at if draft else None
            state[self._key("seen")] = newest_entry(self._written())
            state[self._key("token")] = uuid4().hex
        if state.get(self._key("as_of")) != view.as_of:  # what nobody touched follows the day
            for name in FIELDS:
                if name not in state[self._key("draft")]:
                    state.pop(self._key(name), None)
            state[self._key("as_of")] = view.as_of
        if begun := state.pop(self._key("begin_with"), None):
            state[self._key("what")] = begun

    @property
    def seen(self) -> int:
        """The newest entry of the case that this person has had on screen; their own count as seen."""
        seen = int(st.session_state[self._key("seen")])
        for entry in self._written():
            if entry.entry_id > seen:
                if entry.who != self.who:
                    break
                seen = entry.entry_id
        return seen

    @property
    def token(self) -> str:
        """The mark of this wish to enter something: entering it twice enters it once."""
        return str(st.session_state[self._key("token")])

    def text(self, name: str, label: str, default: str = "", *, long: bool = False, placeholder: str = "") -> str:
        """Show a field for text and give what it holds."""
        self._begin(name, default, said(self._drafted(name)) or None)
        show = st.text_area if long else st.text_input
        arguments: dict[str, Any] = {"height": 90} if long else {}
        value = show(label, key=self._key(name), placeholder=placeholder, on_change=self._keep, **arguments)
        return value or ""

    def day(self, name: str, label: str, default: date | None) -> date | None:
        """Show a field for a day and give what it holds."""
        self._begin(name, default, as_day(self._drafted(name)))
        value: date | None = st.date_input(label, key=self._key(name), format="YYYY-MM-DD", on_change=self._keep)
        return value

    def tick(self, name: str, label: str) -> bool:
        """Show a box to tick and say whether it is."""
        self._begin(name, False, bool(self._drafted(name)) or None)
        return st.checkbox(label, key=self._key(name), on_change=self._keep)

    def choice(
        self, name: str, label: str, options: list[str], words: dict[Any, str], default: str, *, follows: str = ""
    ) -> str:
        """Show a choice and give what is chosen; it starts anew where what it follows has changed."""
        leader = self._key(f"{name}_of")
        if follows and st.session_state.get(leader, follows) != follows:
            st.session_state[self._key(name)] = default
        if follows:
            st.session_state[leader] = follows
        drafted = self._drafted(name)
        self._begin(name, default, drafted if drafted in options else None)
        if st.session_state[self._key(name)] not in options:
            st.session_state[self._key(name)] = default
        return st.selectbox(
            label,
            options,
            key=self._key(name),
            format_func=lambda option: self.view.tell(Message(words[option])) if option in words else "–",
            on_change=self._keep,
        )

    def notice(self) -> None:
        """Say what others have entered since the form was opened; nothing can be entered before it was read."""
        seen = self.seen
        newer = [entry for entry in self._written() if entry.entry_id > seen and entry.who != self.who]
        if not newer:
            return
        say = self.view.say
        for entry in newer:
            back = "" if entry.undoes is None else say("takes entry {number} back", number=entry.undoes)
            st.warning(
                plain(
                    say(
                        "{who} entered at {time}: {text}",
                        who=entry.who,
                        time=f"{entry.entered_at:%H:%M:%S}",
                        text=back or said(entry.body.get("text")),
                    )
                ),
                icon=":material/group:",
            )
        st.button(
            say("I have read it, go on"),
            key=self._key("read_it"),
            on_click=lambda: st.session_state.update({self._key("seen"): newest_entry(self._written())}),
        )

    def kept_note(self) -> str:
        """Say that the form was restored, or that what is typed is kept."""
        restored = st.session_state.get(self._key("restored"))
        if restored is not None:
            return self.view.say("Restored from your draft of {time}.", time=f"{restored:%Y-%m-%d %H:%M}")
        return self.view.say("What you type is kept as a draft.")

    def forget(self) -> None:
        """Empty the form and throw the draft away."""
        drop_draft(self.view.store, self.form, self.who)
        for name in (*FIELDS, "party_of", "draft", "restored", "token", "seen", "who", "as_of"):
            st.session_state.pop(self._key(name), None)

    def _keep(self) -> None:
        state = st.session_state
        draft = dict(state.get(self._key("draft"), {}))
        for name in FIELDS:
            key = self._key(name)
            if key in state and (name in draft or state[key] != state.get(f"{key}_usual")):
                value = state[key]
                draft[name] = value.isoformat() if isinstance(value, date) else value
        state[self._key("draft")] = draft
        save_draft(self.view.store, self.form, self.who, draft)

    def _drafted(self, name: str) -> Any:
        return st.session_state.get(self._key("draft"), {}).get(name)

    def _begin(self, name: str, usual: Any, drafted: Any) -> None:
        """Set a field that is shown for the first time: to what was drafted, else to what is usual."""
        key = self._key(name)
        st.session_state[f"{key}_usual"] = usual
        st.session_state.setdefault(key, usual if drafted is None else drafted)

    def _written(self) -> list[Entry]:
        return entries(self.view.store, self.view.scope, date.max, subject=self.subject)

    def _key(self, name: str) -> str:
        return form_key(self.ticket_id, name)
