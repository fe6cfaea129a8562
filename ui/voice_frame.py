"""What the sections of the voice screen share: the answers, the names of branches, what to show of a text."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from answers.risk import RiskBasis
from answers.voice import UNKNOWN, Voice
from charts.look import Mode
from charts.voice_captions import Heard
from data.masking import mask_text
from ui.chart import chart_mode
from ui.view import View


@dataclass(frozen=True)
class VoiceView:
    """One reader's view of the calls. risks: of answers.risk.open_risks, all classes. names: branch id → name."""

    view: View
    heard: Voice
    risks: pd.DataFrame
    basis: RiskBasis
    names: dict[str, str]

    @property
    def mode(self) -> Mode:
        """The look of a picture on this screen."""
        return chart_mode(self.view)

    @property
    def source(self) -> Heard:
        """Where the numbers come from."""
        return Heard(self.heard.first, self.view.as_of, self.view.demo)

    def branch(self, branch: object) -> str:
        """Give a branch's name; an empty text for none."""
        return "" if branch is None or pd.isna(branch) else self.names.get(str(branch), str(branch))

    def topic(self, topic: object) -> str:
        """Give a topic's name."""
        return self.view.say("unknown topic") if topic == UNKNOWN else str(topic)

    def shown(self, text: str) -> str:
        """Give a text of a call as this reader may see it."""
        return text if self.view.scope.sees_personal_data else mask_text(text)

    def file_name(self, *parts: str) -> list[str]:
        """Give the parts of a file's name."""
        return [*parts, str(self.view.as_of)]
