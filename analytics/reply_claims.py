"""What a reply claims: the clauses that answer the question, without courtesies."""

from __future__ import annotations

import re

import pandas as pd

CLAUSE_END = re.compile(r"[。！？!?；;\n\r，,：:]+")
COURTESY = re.compile(
    r"(尊敬的.{0,8}|.{0,8}(您|你)好|.{0,4}(先生|女士)|经?与?.{0,14}(核实|确认|核查|了解)|感谢.{0,10}|.{0,8}如下)"
)
SHORTEST = 2  # characters of a clause
FEWEST = 2  # replies to the question that a clause stands in
TIMES_ELSEWHERE = 5.0  # how much more often a clause answers this question than it stands in the class's other replies


def claims(replies: pd.DataFrame) -> pd.Series:
    """Give every reply's claim: its clauses that belong to its question, joined by “，”; empty where there is none.

    replies: reply_text and question_key (NaN where no question was asked: these replies show what is said anyway), of
    one complaint class. A clause belongs to a question when it stands in at least FEWEST replies to it, and
    TIMES_ELSEWHERE times as often as in the class's other replies; courtesies are left out before.
    """
    questions = replies["question_key"].fillna("")
    parts = replies["reply_text"].fillna("").map(clauses)
    pairs = pd.DataFrame({"question": questions, "clause": parts, "reply": range(len(replies))}).explode("clause")
    pairs = pairs.dropna().drop_duplicates(["reply", "clause"])
    sizes = questions.value_counts()
    found = pairs.groupby(["clause", "question"]).size().rename("here").reset_index()
    elsewhere = found.groupby("clause")["here"].transform("sum") - found["here"]
    size = found["question"].map(sizes)
    share_elsewhere = elsewhere / (len(replies) - size).clip(lower=1)
    own = (
        found["question"].ne("") & found["here"].ge(FEWEST) & (found["here"] / size > TIMES_ELSEWHERE * share_elsewhere)
    )
    belongs = set(zip(found.loc[own, "question"], found.loc[own, "clause"], strict=True))
    texts = [
        "，".join(clause for clause in own_parts if (question, clause) in belongs)
        for question, own_parts in zip(questions, parts, strict=True)
    ]
    return pd.Series(texts, index=replies.index, dtype=object)


def clauses(text: str) -> list[str]:
    """Split a reply into clauses, without courtesies."""
    parts = (part.strip() for part in CLAUSE_END.split(text))
    return [part for part in parts if len(part) >= SHORTEST and not COURTESY.fullmatch(part)]
