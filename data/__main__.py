"""`python -m data`: the store's command line."""

from data.cli import app

app()
