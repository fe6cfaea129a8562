"""What every screen says about its data: that they are a demo, that they are old, that an address was repaired."""

from __future__ import annotations

import streamlit as st

from data.demo_store import remove_demo
from ui.freshness import class_staleness, today
from ui.pickers import notes_of
from ui.presentation import presentation_line
from ui.view import View


def show_banners(view: View) -> None:
    """Show the lines above the page, none where there is nothing to say."""
    if view.present:
        presentation_line(view, lambda: demo_badge(view))
    elif view.demo:
        _demo_line(view)
    if notes := notes_of(view):
        with st.container(key="address_notes"):
            st.info("\n\n".join(notes), icon=":material/link:")
    if view.complaint_class is not None and not view.demo:
        stale = class_staleness(view.store, view.scope, view.complaint_class, today())
        if stale is not None:
            st.warning(
                view.say(
                    "The last import was on {day}, {days} days ago; for {name} a gap of more than {rhythm} days is "
                    "unusual. What happened since then is not on this screen.",
                    day=str(stale.last_import),
                    days=stale.days,
                    name=view.complaint_class,
                    rhythm=stale.rhythm,
                ),
                title=view.say("The data are not up to date."),
                icon=":material/schedule:",
            )


def demo_badge(view: View) -> None:
    """Mark what is shown as demo data."""
    st.badge(view.say("Demo data"), icon=":material/science:", color="orange")


def _demo_line(view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="demo_line"):
        demo_badge(view)
        st.caption(view.say("An invented bank; none of its numbers belong to a real one."), width="content")
        st.space("stretch")
        if view.scope.may_change and st.button(
            view.say("Remove demo data"), key="remove_demo", type="tertiary", icon=":material/delete:"
        ):
            confirm_removal(view)


def confirm_removal(view: View) -> None:
    """Ask once, then take the demo bank out."""

    @st.dialog(view.say("Remove the demo data?"), icon=":material/delete:")
    def ask() -> None:
        st.markdown(
            view.say(
                "The demo bank's tickets, branches, conversations and plans go. What you imported yourself stays. The "
                "demo can be loaded again from the data screen while the store is empty."
            )
        )
        with st.container(horizontal=True, horizontal_alignment="right"):
            if st.button(view.say("Keep"), key="keep_demo"):
                st.rerun()
            if st.button(view.say("Remove"), key="confirm_remove_demo", type="primary"):
                remove_demo(view.store)
                st.rerun()

    ask()
