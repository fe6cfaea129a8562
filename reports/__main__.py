"""`python -m reports`: the command line of what is written."""

from reports.cli import app

app()
