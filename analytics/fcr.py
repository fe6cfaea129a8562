"""First-contact resolution, always with its numerator and denominator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fcr:
    """First-contact resolution: 1 − not_agreed ÷ decided, both customers; rate is None where nobody is decided yet.

    Customers whose outcome is still open are in neither number.
    """

    not_agreed: int
    decided: int

    @property
    def rate(self) -> float | None:
        """Share 0–1 of decided customers who agreed."""
        return None if self.decided == 0 else 1 - self.not_agreed / self.decided
