"""Section of the causes screen: do branches answer the same question alike?"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.cause_limits import FEWEST_AT_BRANCH, FEWEST_REPLIES, PAGE_ERROR
from analytics.reply_positions import RULE_TRIAL
from answers.cause_tickets import at_position, contradicting_replies, reply_tickets
from answers.causes import MOST_READ, Replies, replies
from answers.kept import kept
from charts.cause_captions import of_class, replies_caption
from charts.cause_replies import drawn_alone, position_mark, positions_table, replies_figure
from charts.cause_words import shortened
from ui.branch_frame import clicked
from ui.cause_frame import CauseView, in_percent, listed_tickets, percent_columns, pick, side_by_side
from ui.chart import show_chart
from ui.exports import table_download
from ui.heading import subheader
from ui.parts import foldable
from ui.pickers import set_focus
from ui.plain import plain
from ui.states import empty_state
from ui.table import show_table


def replies_section(own: CauseView) -> None:
    """Show who answers what, the contradicting replies, and the tickets behind a branch's bar."""
    say = own.view.say
    answer = replies(own.asked)
    questions = [str(name) for name in answer.divergence.questions["question_key"]]
    if not questions:
        empty_state(
            own.view,
            say("These tickets hold no questions with replies."),
            say("The analysis needs the columns question_key and reply_text (or reply_position) in the ticket export."),
        )
        return
    asked = own.view.focus.get("question")
    question = asked if asked in questions else _first_question(answer, questions)
    table = kept(
        own.asked.store,
        own.asked.name("cause_positions", question),
        lambda: positions_table(answer.counts, answer.divergence.apart, question, own.names),
    )
    caption = replies_caption(answer.divergence, question, own.names, own.basis)
    figure = replies_figure(table, caption, own.view.language, own.mode, own.branch)
    if not own.view.present:
        left, right = st.columns(2)
        with left:
            pick(say("Question"), "question", questions, question, {}, say("Choose a question"))
        with right:
            options = sorted(table["branch_id"].astype(str).unique())
            pick(say("Branch"), "branch", options, own.branch, own.names, say("All branches"))
    key = f"cause_replies_{question}_{own.branch}"
    show_chart(
        own.view,
        figure,
        lambda: replies_figure(
            table, of_class(caption, own.asked.complaint_class), own.view.language, "print", own.branch
        ),
        lambda: table,
        name=own.file_name(say("reply positions"), question),
        key=key,
        alt=f"{own.view.tell(caption.finding)} {own.view.tell(caption.figures)}",
        on_select=clicked(key, {"branch": 0, "mark": 1}, question=question),
    )
    if own.view.present:
        return
    _where_from(own, answer, question)
    found = reply_tickets(own.asked, answer, question)
    _pairs(own, answer, question, found)
    _tickets(own, answer, question, table)
    _all_questions(own, answer)


def _first_question(answer: Replies, questions: list[str]) -> str:
    apart = answer.divergence.apart
    return questions[0] if apart.empty else str(apart["question_key"].iloc[0])


def _where_from(own: CauseView, answer: Replies, question: str) -> None:
    say = own.view.say
    row = answer.questions.set_index("question_key")
    parts = [
        say(
            "{coded} positions were coded in the tickets, {derived} are derived from the reply's text, {unknown} stay "
            "unknown and are left out.",
            coded=answer.coded_replies,
            derived=answer.derived_replies,
            unknown=answer.unknown_replies,
        )
    ]
    if question in row.index:
        one = row.loc[question]
        if one["way"] == "like_coded":
            parts.append(
                say(
                    "Derived here by likeness to the coded replies; tried on these, each left out in turn, the way of "
                    "reading agrees with the coding by {agreement:.2f} (1: always, 0: by chance alone).",
                    agreement=float(one["agreement"]),
                )
            )
        elif one["way"] == "by_rule":
            parts.append(
                say(
                    "Nothing is coded here: replies count as one position when the same quantity, or the same yes or "
                    "no, is read in them; {unread} could not be read. With the demo bank's codes taken away, the rule "
                    "read {read} of {questions} closed questions, each with an agreement of at least {agreement:.2f} "
                    "(1: always, 0: by chance alone), and left the others out; it was written with those replies at "
                    "hand and may do worse with others. Read them before you act on it.",
                    unread=int(one["unknown"]),
                    read=RULE_TRIAL[0],
                    questions=RULE_TRIAL[1],
                    agreement=RULE_TRIAL[2],
                )
            )
        elif one["way"] == "none":
            parts.append(say("Uncoded replies to this question could not be read reliably and are left out."))
    parts.append(
        say(
            "Each customer counts once per question. A question needs {need} replies, a branch {few}. Where nothing "
            "differs, this whole page names anything in at most {error:.0%} of looks ({draws:,} times dealt out "
            "by lot). It does not "
            "show which answer is right, nor what is said on the phone.",
            need=FEWEST_REPLIES,
            few=FEWEST_AT_BRANCH,
            error=PAGE_ERROR,
            draws=answer.divergence.draws,
        )
    )
    st.caption(("" if own.view.language == "zh_CN" else " ").join(parts))


def _pairs(own: CauseView, answer: Replies, question: str, found: pd.DataFrame) -> None:
    say = own.view.say
    apart = answer.divergence.branches
    apart = apart[apart["question_key"] == question]
    marked = apart[apart["branch_id"].eq(own.branch) if own.branch else apart["apart"]]
    branch, position = (None, None) if marked.empty else (marked["branch_id"].iloc[0], marked["position"].iloc[0])
    pairs = contradicting_replies(found, branch, position)
    if pairs.empty:
        return
    subheader(say("Contradicting replies side by side"))
    st.caption(say("First a customer who was told two things, if there is one; then the most alike cases."))
    side_by_side(own, pairs, {"position": say("Reply position"), "reply_text": say("Reply")})


def _tickets(own: CauseView, answer: Replies, question: str, table: pd.DataFrame) -> None:
    """Show the replies behind the mark of the address: a branch's, those of one position, or all of the question."""
    say, asked = own.view.say, own.view.focus.get("mark", "")
    found = reply_tickets(own.asked, answer, question, own.branch)
    chosen = [say("“{question}”", question=question), *([own.named(own.branch)] if own.branch else [])]
    for position in table["position"].unique():
        together = asked == position_mark(str(position), others=True)
        if not together and asked != position_mark(str(position)):
            continue
        alone = drawn_alone(table, own.mode)["branch_id"] if together and own.branch is None else []
        found = at_position(found, str(position), alone)
        chosen.append(shortened(str(position)))
        if len(alone):
            chosen.append(say("other branches"))
    with st.container(horizontal=True, vertical_alignment="center"):
        subheader(say("Tickets: {chosen}", chosen=plain(" · ".join(chosen))), width="content")
        if asked:
            st.button(
                say("All positions"),
                key="all_positions",
                type="tertiary",
                icon=":material/filter_alt_off:",
                on_click=set_focus,
                kwargs={"mark": None},
            )
    columns = ["ticket_id", "customer_id", "received_at", "branch_id", "position", "derived", "reply_text", "cause"]
    listed_tickets(
        own,
        found,
        [*columns, "first_outcome", "counted"],
        [say("replies"), question, *([own.branch] if own.branch else [])],
        key="cause_reply_tickets",
        more={"position": say("Reply position"), "derived": say("Derived"), "reply_text": say("Reply")},
    )
    if answer.read == MOST_READ:
        st.caption(say("Of uncoded replies, the newest {most} were read for their position.", most=f"{MOST_READ:,}"))


def _all_questions(own: CauseView, answer: Replies) -> None:
    say = own.view.say
    result = answer.divergence
    opened = foldable(say("All branches and questions, with intervals"), "all-questions")
    if not opened.open:
        return
    with opened:
        if result.p is not None:
            st.caption(
                say(
                    "All questions together: divergence {divergence:.3f}; chance alone gives "
                    "{low:.3f}–{high:.3f} (95%), "
                    "{expected:.3f} on average, so {excess:.3f} lie beyond chance. Its size says little by itself: few "
                    "replies a branch look divergent by chance.",
                    divergence=result.divergence,
                    low=result.low,
                    high=result.high,
                    expected=result.expected,
                    excess=result.excess,
                )
            )
        rows = result.branches.assign(
            branch=result.branches["branch_id"].map(own.named),
            position=result.branches["position"].map(shortened),
        )
        shares = {
            "share": say("Share"),
            "low": say("from (95%)"),
            "high": say("to (95%)"),
            "elsewhere_share": say("Elsewhere"),
        }
        columns = ["branch", "question_key", "position", "said", "replies", *shares, "adjusted", "apart"]
        show_table(
            in_percent(rows[columns], shares),
            alt=say("All branches and questions, with intervals"),
            column_config={
                "branch": say("Branch"),
                "question_key": say("Question"),
                "position": say("Position it differs most in"),
                "said": say("Said"),
                "replies": say("Replies"),
                **percent_columns(shares),
                "adjusted": st.column_config.NumberColumn(
                    say("Chance, adjusted"), format="%.4f", help=say("By Benjamini–Hochberg over all rows.")
                ),
                "apart": say("Stands apart"),
            },
        )
        if result.left_out:
            st.caption(
                say("{count} pairs of branch and question have fewer than {few} replies and are not judged.",
                    count=result.left_out, few=FEWEST_AT_BRANCH)
            )  # fmt: skip
        table_download(
            own.view, result.branches, own.file_name(say("reply positions"), say("all")), key="cause_replies_all"
        )
