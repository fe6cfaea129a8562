"""数据: how far do the data reach, what is missing, and how do files come in?"""

import streamlit as st

from ui.data_state import by_class, headline, quality
from ui.empty_store import show_empty_store
from ui.freshness import current_offer
from ui.heading import screen_title, subheader
from ui.import_log import import_log
from ui.parts import part_tabs
from ui.presentation import show_steps
from ui.upload import upload_section
from ui.view import current_view

view = current_view()
say = view.say


def inbox_note() -> None:
    subheader(say("Every night by itself"))
    st.markdown(
        say(
            "Put export files into the inbox folder, by hand or by a nightly job: the running product takes them "
            "within seconds. A file ends in `accepted` or, with a reason file, in `rejected`."
        )
    )
    st.code(str(view.store.inbox), language=None)


def state_steps() -> None:
    """Show one thing at a time on the shared screen."""

    def missing() -> None:
        headline(view)
        quality(view)

    show_steps(
        view,
        [(say("How far the data reach"), lambda: by_class(view)), (say("What is missing"), missing)],
        whole_bank=True,
        known_to=current_offer(view.store, view.scope).last_day,
    )


if not view.present:
    screen_title(say("How far do the data reach, and what is missing?"))
if view.complaint_class is None:
    show_empty_store(view, uploads_below=True)
    if view.scope.may_change:
        upload_section(view)
        inbox_note()
elif view.present:
    state_steps()
else:
    headline(view)
    parts = {"state": say("State"), "files": say("Bring in files"), "imports": say("Imports and rows set aside")}
    if not view.scope.may_change:
        del parts["files"]
    for name, tab in part_tabs(parts, "data_tabs", "state").items():
        if not tab.open:
            continue
        with tab:
            if name == "state":
                left, right = st.columns([11, 9], gap="medium")
                with left:
                    by_class(view)
                with right:
                    quality(view)
            elif name == "imports":
                import_log(view)
            else:
                upload_section(view)
                inbox_note()
