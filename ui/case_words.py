"""Small pieces that the screens of cases share: care in words, the provenance line, the look of pictures."""

from __future__ import annotations

from analytics.case_stage import CaseState
from charts.case_words import PARTY_WORDS, STAGE_WORDS, urgency_word
from charts.look import Mode
from texts import N_, Message
from ui.view import View

URGENCY_COLOURS = {
    "limit_passed": "red",
    "overdue": "red",
    "stage_over": "orange",
    "undecided": "orange",
    "due_today": "blue",
    "in_time": "gray",
    "closed": "gray",
}


def in_words(view: View, words: str | Message) -> str:
    """Give a person's words as they are, the product's in the reader's language."""
    return view.tell(words) if isinstance(words, Message) else words


def stage_word(view: View, state: CaseState) -> str:
    """Name a case's stage."""
    return view.tell(Message(STAGE_WORDS[state.stage]))


def urgency_text(view: View, state: CaseState) -> str:
    """Say how urgent a case is."""
    return view.tell(urgency_word(state.urgency, state.days_late))


def waits_text(view: View, state: CaseState) -> str:
    """Say whose move it is, "" where nobody waits."""
    return "" if state.waits_for is None else view.tell(Message(PARTY_WORDS[state.waits_for]))


def picture_mode(view: View) -> Mode:
    """Give the look of this reader's pictures."""
    if view.present:
        return "present_dark" if view.dark else "present"
    return "dark" if view.dark else "light"


def picture_source(view: View) -> Message:
    """Give the line at a picture's foot: where the cases come from and on which day they are shown."""
    if view.demo:
        return Message(
            N_("Source: demo data (an invented bank) and entries in Resolution Watch · as of {day}"),
            {"day": str(view.as_of)},
        )
    return Message(
        N_("Source: the bank's complaint tickets and entries in Resolution Watch · as of {day}"),
        {"day": str(view.as_of)},
    )
