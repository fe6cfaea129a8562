"""What masking finds and what it masks needlessly: `python -m benchmarks.masking`.

Recall: on generated sentences with names, mobile and landline numbers, identity cards, bank cards, policies,
addresses and e-mail, whose generator knows nothing of the masker's lists: surnames are drawn half from the hundred
most frequent and half from rare and compound ones, given names from characters written here. A thing counts as
found when nothing of it is left (for a name: none of its given name's characters side by side, for a number: no four
digits in a row).
Further sentences: 84 as clerks and customers write, with and without an introduction, the same names drawn into
them; written before the rules that they measure were read, looked at once.
Written sentences: 152 with 166 names that mostly nothing introduces, marked 【】, and 172 full of what looks like one
(高兴, 石家庄); written before the rules that they measure were read. While these were worked on, only the totals were
looked at.
Conversations: 60 in which a name is introduced once and said again (`benchmarks/masking_conversations.py`), each text
masked alone and all of one together.
Over-masking: masks in texts in which nothing personal stands: the demo bank's narratives and replies without their
contact sentences, the agents' turns, and, where they are at hand, the public shopping reviews.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.masking_conversations import counted
from benchmarks.masking_names import AROUND_A_NAME, AROUND_A_NAME_LOOSELY, hard_names, names
from benchmarks.masking_numbers import AROUND_A_NUMBER, AROUND_HARD, HARD_MAKERS, MAKERS
from data.masking import mask_text, mask_together
from data.masking_names import name_spans

SHOPPING = Path(__file__).resolve().parents[2] / "shared" / "data" / "shopping_reviews.csv.gz"


WRITTEN = Path(__file__).with_name("masking_written.txt")
FURTHER = Path(__file__).with_name("masking_further.txt")
WITHOUT_TITLE = re.compile("(?<=.)(?:阿姨|大爷|大妈|老师|师傅|医生|警官|某某|[姐哥总工某律])$")
BARE_DIGITS = re.compile(r"[0-9０-９]{4}")


def left_over(kind: str, thing: str, masked: str) -> bool:
    """Whether something of a personal thing is still to be read in a masked text."""
    if kind.startswith("name"):
        parts = thing.split("·") if "·" in thing else [thing[-2:] if len(thing) > 2 else thing]
        return any(part in masked for part in parts)
    if kind == "address":
        return thing[-3:] in masked
    if kind == "email":
        return "@" in masked
    return bool(BARE_DIGITS.search(masked))


def recall(count: int, seed: int) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """Give found and tried by kind, and what was missed: (kind, sentence, masked)."""
    rng = np.random.default_rng(seed)
    tried: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    source = names(rng)
    of_names = {
        "name": AROUND_A_NAME,
        "name, hardly introduced": AROUND_A_NAME_LOOSELY,
        "name, further sentences": FURTHER.read_text(encoding="utf-8").splitlines(),
    }
    for kind, frames in {**of_names, **AROUND_A_NUMBER}.items():
        for _ in range(count if kind in of_names else count // 4):
            thing = next(source) if kind in of_names else MAKERS[kind](rng)
            sentence = str(rng.choice(frames)).format(thing)
            masked = mask_text(sentence)
            tried[kind] += 1
            if left_over(kind, thing, masked):
                missed.append((kind, sentence, masked))
    lost = Counter(kind for kind, _, _ in missed)
    table = pd.DataFrame({"tried": pd.Series(tried), "missed": pd.Series({kind: lost[kind] for kind in tried})})
    return table.assign(recall=1 - table["missed"] / table["tried"]), missed


def hard_recall(count: int, seed: int) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    """Give the same of the hard sentences, `count` of each kind."""
    rng = np.random.default_rng(seed)
    tried: Counter[str] = Counter()
    missed: list[tuple[str, str, str]] = []
    cases = list(hard_names(rng, count))
    for kind, frames in AROUND_HARD.items():
        for _ in range(count):
            thing = HARD_MAKERS[kind](rng)
            cases.append((kind, [thing], str(rng.choice(frames)).format(thing)))
    for kind, things, sentence in cases:
        masked = mask_text(sentence)
        for thing in things:
            tried[kind] += 1
            if hard_left_over(kind, thing, masked):
                missed.append((kind, sentence, masked))
    lost = Counter(kind for kind, _, _ in missed)
    table = pd.DataFrame({"tried": pd.Series(tried), "missed": pd.Series({kind: lost[kind] for kind in tried})})
    return table.assign(recall=1 - table["missed"] / table["tried"]), missed


def hard_left_over(kind: str, thing: str, masked: str) -> bool:
    """Whether something of a thing of a hard sentence is still to be read."""
    plain = re.sub(r"\s", "", masked)
    if kind == "names in Latin letters":
        return any(word in masked for word in re.findall(r"[^\W\d_]{2,}", thing))
    if kind == "names of several parts":
        return any(part in masked for part in re.findall(r"[\u4e00-\u9fff]{2,}", thing))
    if kind.startswith(("nicknames", "surname")):
        return thing in masked
    if kind in ("WeChat id", "number plate"):
        return thing[-4:] in masked
    if kind.startswith("address"):
        return thing[-3:] in masked
    if kind.startswith("email"):
        return "@" in masked or "＠" in masked
    if kind.split(",", maxsplit=1)[0] in ("identity", "card", "landline", "policy"):
        return bool(BARE_DIGITS.search(masked)) or len(re.findall(r"[0-9０-９]", masked)) > 4
    return (thing[-2:] if len(thing) > 2 else thing) in plain


def written() -> dict[str, tuple[int, int]]:
    """Give found and tried of the written sentences: names, and sentences in which something else was masked."""
    found = tried = beside = named = needless = without = 0
    for line in WRITTEN.read_text(encoding="utf-8").splitlines():
        text, places = _marked(line)
        covered = {place for start, end in name_spans(text) for place in range(start, end)}
        missed = [(start, end) for start, end in places if not covered.issuperset(range(start, end))]
        too_much = bool(covered.difference(*(range(*place) for place in places)))
        tried, found = tried + len(places), found + len(places) - len(missed)
        without, needless = without + (not places), needless + (not places and too_much)
        named, beside = named + bool(places), beside + (bool(places) and too_much)
    return {"names": (found, tried), "more than the name": (beside, named), "no name": (needless, without)}


def _marked(line: str) -> tuple[str, list[tuple[int, int]]]:
    """Give a sentence without its marks and the places of what they marked, titles that follow a name aside."""
    places, text = [], ""
    for piece in re.split("(【.*?】)", line):
        if piece.startswith("【"):
            name = piece[1:-1]
            places.append((len(text), len(text) + len(WITHOUT_TITLE.sub("", name))))
            text += name
        else:
            text += piece
    return text, places


def over_masking(texts: list[str]) -> tuple[float, Counter[str]]:
    """Give the share of texts in which something was masked although nothing personal is in them, and what it was."""
    taken: Counter[str] = Counter()
    touched = 0
    for text in texts:
        masked = mask_text(text)
        if masked != text:
            touched += 1
            taken[_difference(text, masked)] += 1
    return touched / max(1, len(texts)), taken


def _difference(text: str, masked: str) -> str:
    start = next((i for i, (a, b) in enumerate(zip(text, masked, strict=False)) if a != b), 0)
    return text[max(0, start - 3) : start + 6]


def innocent_texts() -> dict[str, list[str]]:
    """Give texts without personal data, by where they come from."""
    from data.demo import demo_bank

    bank = demo_bank()
    with_contact = bank.tickets["narrative"].str.contains(r"电话|姓名|手机|卡号|联系人|账户\d|尾号|回电", regex=True)
    texts = {
        "demo narratives without contacts": bank.tickets.loc[~with_contact, "narrative"].unique().tolist(),
        "demo replies without salutation": bank.tickets["reply_text"]
        .dropna()
        .str.replace(r"^[^,,]{1,3}(?:先生|女士)您好[,,]", "", regex=True)
        .unique()
        .tolist(),
    }
    if SHOPPING.exists():
        reviews = pd.read_csv(SHOPPING)["review"].dropna()
        texts["public shopping reviews"] = reviews.sample(10_000, random_state=1).tolist()
    return texts


def main() -> None:
    """Print recall by kind and over-masking by source."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=4_000, help="names tried; a quarter of that of each number")
    arguments.add_argument("--seed", type=int, default=20251)
    arguments.add_argument("--examples", type=int, default=0, help="misses and needless masks to show")
    given = arguments.parse_args()
    table, missed = recall(given.count, given.seed)
    print(table.to_string(float_format="{:.4f}".format))
    for kind, sentence, masked in missed[: given.examples]:
        print(f"  missed {kind}: {sentence} → {masked}")
    table, missed = hard_recall(given.count // 8, given.seed)
    print("hard sentences", table.to_string(float_format="{:.4f}".format), sep="\n")
    each: Counter[str] = Counter()
    for kind, sentence, masked in missed:
        each[kind] += 1
        if each[kind] <= given.examples:
            print(f"  missed {kind}: {sentence} → {masked}")
    print("written sentences", *(f"  {kind}: {one} of {all_}" for kind, (one, all_) in written().items()), sep="\n")
    alone, together = counted(lambda texts: [mask_text(text) for text in texts]), counted(mask_together)
    print("conversations: masked text by text, and together")
    for kind, (found, all_) in alone.items():
        print(f"  {kind}: {found} and {together[kind][0]} of {all_}")
    for source, texts in innocent_texts().items():
        share, taken = over_masking(texts[: 4 * given.count])
        print(f"needless masks, {source}: {share:.4f} of {min(len(texts), 4 * given.count)} texts")
        for words, count in taken.most_common(given.examples):
            print(f"  {count} × …{words}…")


if __name__ == "__main__":
    main()
