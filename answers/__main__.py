"""`python -m answers`: the command line of what is learnt from the store."""

from answers.cli import app

app()
