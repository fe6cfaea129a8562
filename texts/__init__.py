"""Every sentence a person may read, in Chinese and English.

Texts are gettext ids in English with named fields; `locale/` holds the catalogues. This package is the bottom of
the house: everybody may import it, it imports nobody.
"""

from texts.catalogue import LANGUAGES, Language, missing_texts, render, translate
from texts.message import N_, Message, Problem

__all__ = ["LANGUAGES", "N_", "Language", "Message", "Problem", "missing_texts", "render", "translate"]
