"""Who is reading: every read of the store carries a scope, and the queries apply it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal, get_args

from texts import N_, Message, Problem

Role = Literal["head_office", "department", "branch", "viewer"]
CLEAR_TEXT_VARIABLE = "RESOLUTION_WATCH_CLEAR_TEXT_ROLES"
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Scope:
    """A reader's role and, for a branch, the one branch the reader may see.

    Raises Problem for an unknown role, or a branch role without its branch.
    """

    role: Role
    branch_id: str | None = None

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise Problem(
                Message(N_("The role “{role}” is not known."), {"role": self.role}),
                Message(N_("Use one of: {roles}."), {"roles": ", ".join(ROLES)}),
            )
        if (self.role == "branch") != (self.branch_id is not None):
            raise Problem(
                Message(N_("A branch reader needs a branch, and no other reader may have one.")),
                Message(N_("Set the reader's branch in the sign-in settings.")),
            )

    @property
    def branch_scope(self) -> str | None:
        """The branch that reads are limited to; None for all branches."""
        return self.branch_id

    @property
    def sees_personal_data(self) -> bool:
        """Whether the reader sees names and numbers in free text: nobody, unless the bank switched it on for the role.

        RESOLUTION_WATCH_CLEAR_TEXT_ROLES lists such roles, with commas between.
        """
        return self.role in os.environ.get(CLEAR_TEXT_VARIABLE, "").replace(" ", "").split(",")

    @property
    def may_change(self) -> bool:
        """Whether the reader may import files and decide plans."""
        return self.role == "head_office"

    def may_enter(self, branch_id: str | None) -> bool:
        """Whether the reader may enter what was done or decided about a branch (None: about the whole bank)."""
        if self.role == "branch":
            return branch_id is not None and branch_id == self.branch_id
        return self.role in ("head_office", "department")


HEAD_OFFICE = Scope("head_office")
