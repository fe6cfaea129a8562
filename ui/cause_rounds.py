"""Section of the causes screen: unreasonable demands, the course over the rounds, mediation, standing sentences."""

from __future__ import annotations

import streamlit as st

from analytics.cause_limits import FEWEST_DEMANDS, FEWEST_USES, PAGE_ERROR
from analytics.demands import Demands
from answers.cause_tickets import round_tickets, sentence_tickets, tickets
from answers.causes import (
    all_demands,
    choose_unreasonable,
    chosen_by,
    demands,
    mediation,
    mediation_rounds,
    missing_mediation,
    scripts,
    unreasonable_demands,
)
from charts.cause_captions import of_class, rounds_caption
from charts.cause_rounds import KINDS, round_mark, rounds_figure, rounds_table
from charts.cause_words import mediation_finding
from texts import N_, Message
from ui.branch_frame import clicked
from ui.cause_frame import CauseView, in_percent, listed_tickets, percent_columns
from ui.chart import show_chart
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import foldable, row_in_address
from ui.plain import plain
from ui.states import empty_state
from ui.tickets import ticket_table
from ui.who import signer

COLUMNS = ("ticket_id", "customer_id", "received_at", "branch_id", "cause", "demand", "rounds", "first_outcome")


def rounds_section(own: CauseView) -> None:
    """Show how unreasonable demands end, the rounds, who is not in mediation, and outcomes by standing sentence."""
    say = own.view.say
    result = demands(own.asked)
    if result.tickets == 0 or not (result.told or result.rounds_told):
        empty_state(
            own.view,
            say("These tickets hold no decided demands or rounds."),
            say("The analysis needs the columns demand, rounds and first_outcome in the ticket export."),
        )
        return
    caption = rounds_caption(result, own.basis)
    show_chart(
        own.view,
        rounds_figure(result, caption, own.view.language, own.mode),
        lambda: rounds_figure(result, of_class(caption, own.asked.complaint_class), own.view.language, "print"),
        lambda: rounds_table(result),
        name=own.file_name(say("rounds")),
        key="cause_rounds",
        alt=f"{own.view.tell(caption.finding)} {own.view.tell(caption.figures)}",
        on_select=clicked("cause_rounds", {"mark": 0}),
    )
    if own.view.present:
        return
    st.caption(
        say(
            "Share agreeing in a round among those who reach it and are decided, with exact 95% intervals. The title "
            "counts first outcomes as recorded; in the picture, who agreed first and took the matter up again has gone "
            "on. Compared only with {need} unreasonable demands or more; where nothing differs, this whole page names "
            "anything in at most {error:.0%} of looks. It does not show that the demand is the cause: who asks for "
            "more may be angrier to begin with.",
            need=FEWEST_DEMANDS,
            error=PAGE_ERROR,
        )
    )
    _behind(own, result)
    _demands(own, result)
    _mediation(own, result.rounds_told > 0)
    _scripts(own)


def _behind(own: CauseView, result: Demands) -> None:
    """Show the tickets behind the mark in the address: a kind that reached a round, with the mark's numbers."""
    say, asked = own.view.say, own.view.focus.get("mark")
    chosen = [row for row in result.course.itertuples() if asked == round_mark(str(row.kind), int(str(row.round)))]
    if not chosen:
        st.caption(say("Click a mark to see its tickets."))
        return
    kind, number = str(chosen[0].kind), int(str(chosen[0].round))
    found = round_tickets(own.asked, kind, number)
    subheader(
        say("Tickets that reached round {number}: {kind}", number=number, kind=own.view.tell(Message(KINDS[kind])))
    )
    states = found["state"].value_counts()
    st.caption(
        say(
            "{reached} reached it: {agreed} agreed in it, {ended} not agreed without a further round, {on} went on to "
            "the next, {waiting} wait.",
            reached=len(found),
            agreed=int(states.get("agreed", 0)),
            ended=int(states.get("ended", 0)),
            on=int(states.get("went_on", 0)),
            waiting=int(states.get("waiting", 0)),
        )
    )
    listed_tickets(
        own,
        found.assign(state=found["state"].map(lambda state: own.view.tell(Message(STATES[str(state)])))),
        [*COLUMNS, "final_outcome", "closed_at", "state"],
        [say("rounds"), kind, str(number)],
        key="cause_round_tickets",
        more={"state": say("In this round")},
    )


STATES = {
    "agreed": N_("agreed"),
    "ended": N_("not agreed, no further round"),
    "waiting": N_("waiting"),
    "went_on": N_("went on"),
}


def _demands(own: CauseView, result: Demands) -> None:
    say = own.view.say
    subheader(say("Demands and how their first round ends"))
    shares = {"rate": say("Not agreed"), "low": say("from (95%)"), "high": say("to (95%)")}
    place = row_in_address(
        in_percent(result.demands, shares),
        result.demands["demand"].astype(str).tolist(),
        "demands",
        key="cause_demands",
        alt=say("Demands and how their first round ends"),
        column_config={
            "demand": say("Demand"),
            "unreasonable": say("Unreasonable"),
            "decided": say("Decided"),
            "not_agreed": say("Tickets not agreed"),
            **percent_columns(shares),
        },
    )
    table_download(own.view, result.demands, own.file_name(say("demands")), key="cause_demands_csv")
    if place is not None:
        demand = str(result.demands["demand"].iloc[place])
        found = tickets(own.asked, "rounds", demands=[demand], decided=True)
        st.markdown("**" + say("Decided tickets: {chosen}", chosen=plain(demand or say("not given"))) + "**")
        listed_tickets(own, found, [*COLUMNS, "final_outcome"], [say("demands"), demand], key="cause_demand_tickets")
    who = chosen_by(own.asked)
    st.caption(
        say("Which demands count as unreasonable was proposed by words such as 精神损失, 误工费, 全部利息, 超出合同.")
        if who is None
        else say("Which demands count as unreasonable was chosen by {who}.", who=who)
    )
    if own.view.scope.may_change:
        opened = foldable(say("Choose which demands count as unreasonable"), "unreasonable")
        if opened.open:
            with opened:
                _choice(own)


def _choice(own: CauseView) -> None:
    say = own.view.say
    who = signer(own.view, "demands_signer")
    if who is None:
        return
    with st.form("unreasonable_form", border=False):
        chosen = st.multiselect(
            say("Unreasonable demands"), all_demands(own.asked), default=list(unreasonable_demands(own.asked))
        )
        if st.form_submit_button(say("Keep")):
            choose_unreasonable(own.asked, chosen, who)
            st.rerun()


def _mediation(own: CauseView, told: bool) -> None:
    say = own.view.say
    missing = missing_mediation(mediation(own.asked))
    subheader(say("Qualify for mediation and are not there"))
    st.markdown(own.view.tell(mediation_finding(missing, mediation_rounds(own.asked), told=told)))
    if missing.empty:
        return
    columns = ["ticket_id", "customer_id", "received_at", "branch_id", "cause", "demand", "rounds", "final_outcome"]
    ticket_table(
        own.view,
        missing[[*columns, "closed_at", "last_step", "days"]].reset_index(drop=True),
        own.file_name(say("mediation")),
        key="cause_mediation",
        more={"last_step": say("Last step"), "days": say("Days since")},
    )
    st.caption(
        say(
            "{rounds} rounds or more, not agreed, no mediation asked for by {day}. Open ones first, longest "
            "waiting first; "
            "closed ones could still be offered it.",
            rounds=mediation_rounds(own.asked),
            day=own.asked.as_of,
        )
    )


def _scripts(own: CauseView) -> None:
    say = own.view.say
    opened = foldable(say("Standing sentences of the replies and how the first round ends"), "sentences")
    if not opened.open:
        return
    with opened:
        result = scripts(own.asked)
        if result.sentences.empty:
            st.caption(say("No sentence stands in {need} decided replies or more.", need=FEWEST_USES))
            return
        st.markdown(
            say("No standing sentence goes with another outcome beyond chance.")
            if result.apart.empty
            else say("{count} standing sentences go with another outcome beyond chance.", count=len(result.apart))
        )
        shares = {
            "rate": say("Not agreed"),
            "low": say("from (95%)"),
            "high": say("to (95%)"),
            "without_rate": say("Without it"),
        }
        place = row_in_address(
            in_percent(result.sentences[["sentence", "used", *shares, "adjusted", "differs"]], shares),
            result.sentences["sentence"].astype(str).tolist(),
            "sentences",
            key="cause_sentences",
            alt=say("Standing sentences of the replies and how the first round ends"),
            column_config={
                "sentence": st.column_config.TextColumn(say("Sentence"), width="large"),
                "used": say("Replies"),
                **percent_columns(shares),
                "adjusted": st.column_config.NumberColumn(say("Chance, adjusted"), format="%.3f"),
                "differs": say("Differs"),
            },
        )
        st.caption(
            say(
                "{decided} decided replies, the newest ones. A sentence is chosen for a case, not by lot: where "
                "it goes with a "
                "bad end, the case may have been worse to begin with.",
                decided=result.decided,
            )
        )
        table_download(own.view, result.sentences, own.file_name(say("standing sentences")), key="cause_scripts_csv")
        if place is not None:
            sentence = str(result.sentences["sentence"].iloc[place])
            found = sentence_tickets(own.asked, sentence)
            columns = ["ticket_id", "branch_id", "question_key", "reply_text", "first_outcome"]
            words = {"question_key": say("Question"), "reply_text": say("Reply")}
            listed_tickets(own, found, columns, [say("standing sentences")], key="cause_sentence_tickets", more=words)
