"""Files from outside: decoded, mapped, checked, and stored as versions; the rows that fail are set aside."""

from data.intake.kinds import KINDS
from data.intake.load import import_file, import_frame
from data.intake.mapping import ColumnMapping, known_mappings, load_mapping, to_toml
from data.intake.preview import preview
from data.intake.report import ImportReport, Preview, Progress, SetAsideRow

__all__ = [
    "KINDS",
    "ColumnMapping",
    "ImportReport",
    "Preview",
    "Progress",
    "SetAsideRow",
    "import_file",
    "import_frame",
    "known_mappings",
    "load_mapping",
    "preview",
    "to_toml",
]
