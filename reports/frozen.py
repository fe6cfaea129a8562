"""A snapshot pack before its pictures are drawn: every number and every figure is settled, and a list proves it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reports.pack import fingerprint

LIST = "closing.json"  # goes into the finished pack; its SHA-256 stands in the minutes
WITHIN = "figures/"


@dataclass(frozen=True)
class FrozenPack:
    """What a pack will be made of.

    tables: CSV by file name. figures: Plotly figure as JSON by the name of its picture. manifest: of the pack, without
    what only drawing can tell (pictures, and the sizes and SHA-256 of the files).
    """

    tables: Mapping[str, bytes]
    figures: Mapping[str, str]
    manifest: Mapping[str, Any]

    def listing(self) -> bytes:
        """Give the list of what is settled: the manifest, and size and SHA-256 of every table and every figure."""
        settled = {
            **self.manifest,
            "tables": {name: fingerprint(content) for name, content in sorted(self.tables.items())},
            "figures": {name: fingerprint(text.encode("utf-8")) for name, text in sorted(self.figures.items())},
        }
        return (json.dumps(settled, ensure_ascii=False, indent=2) + "\n").encode("utf-8")

    def sha256(self) -> str:
        """Give the SHA-256 of the list."""
        return hashlib.sha256(self.listing()).hexdigest()

    def zip_bytes(self) -> bytes:
        """Give it as a ZIP, to be drawn later, perhaps by another process."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(LIST, json.dumps(dict(self.manifest), ensure_ascii=False))
            for name, content in self.tables.items():
                archive.writestr(name, content)
            for name, text in self.figures.items():
                archive.writestr(f"{WITHIN}{name}.json", text)
        return stream.getvalue()

    @classmethod
    def from_zip(cls, content: bytes) -> FrozenPack:
        """Read what `zip_bytes` gave."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(held.pop(LIST))
        figures = {
            name.removeprefix(WITHIN).removesuffix(".json"): text.decode("utf-8")
            for name, text in held.items()
            if name.startswith(WITHIN)
        }
        return cls({name: text for name, text in held.items() if not name.startswith(WITHIN)}, figures, manifest)
