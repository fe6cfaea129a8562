"""Hearing it coming: where calls turn angry, what they are about, and what is new."""
