"""The emotion score on odd writings of the same public reviews: `python -m benchmarks.emotion_writings`.

Each review keeps its label and is written otherwise: in traditional characters, as a Weibo post (@people, #topics#, a
page's address, //@ of those passed on), with drawn-out characters, with a smile that says little; and by length: up
to 8 characters, 9–30, over 150. Beside ours the peers of benchmarks.emotion on the same texts. Only for measuring;
nothing that is shipped was learnt from these reviews.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
import pandas as pd

from analytics.text.emotion import score_turns
from benchmarks.emotion import measured, peers, public_reviews
from texts.simplified import traditional

PEOPLE = ("@小明同学", "@客服中心", "@张三", "@Lucy_99")
TOPICS = ("#今日话题#", "#消费#", "#生活记录#")
SHORT, MIDDLE, LONG = 8, 30, 150


def weibo(text: str, rng: np.random.Generator) -> str:
    """Write a review as a post: people, a topic and an address around it."""
    before, after = str(rng.choice(PEOPLE)), str(rng.choice(PEOPLE))
    return f"{rng.choice(TOPICS)} {before} {text} //{after}: 转发微博 http://t.cn/{rng.integers(1000, 9999)}Ab"


def drawn_out(text: str, rng: np.random.Generator) -> str:
    """Repeat the last character and the marks of a text."""
    return text + text[-1] * int(rng.integers(3, 9)) + "!" * int(rng.integers(3, 9))


WRITINGS: dict[str, Callable[[str, np.random.Generator], str]] = {
    "as it is": lambda text, _: text,
    "traditional characters": lambda text, _: traditional(text),
    "as a Weibo post": weibo,
    "drawn out": drawn_out,
    "with [微笑] and 🙂": lambda text, _: f"{text}🙂[微笑]",
}


def of_length(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Give a topic's reviews by length."""
    size = frame["text"].str.len()
    return {
        f"up to {SHORT} characters": frame[size <= SHORT],
        f"up to {MIDDLE}": frame[(size > SHORT) & (size <= MIDDLE)],
        f"over {LONG}": frame[size > LONG],
    }


def main() -> None:
    """Print accuracy and area under the curve by writing, of ours and of the peers."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sample", type=int, default=1_000, help="texts of each topic")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    rng = np.random.default_rng(given.seed)
    topics = public_reviews()
    every = pd.concat(
        [frame.sample(min(given.sample, len(frame)), random_state=given.seed) for frame in topics.values()]
    )
    sets = {
        name: every.assign(text=[write(text, rng) for text in every["text"]]) for name, write in WRITINGS.items()
    } | of_length(pd.concat(topics.values()))
    rows = []
    for name, frame in sets.items():
        drawn = frame.sample(min(4 * given.sample, len(frame)), random_state=given.seed)
        truth, texts = drawn["negative"].to_numpy(), drawn["text"].tolist()
        rows.append({"texts as": name, **measured("ours", score_turns(texts), truth, 0.0, 0.5)})
        rows += [{"texts as": name, **measured(peer, score(texts), truth, 0.0)} for peer, score in peers().items()]
    table = pd.DataFrame(rows).drop(columns="turns/s")
    print(table.to_string(index=False, float_format="{:.3f}".format))


if __name__ == "__main__":
    main()
