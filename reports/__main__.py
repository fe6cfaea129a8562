"""`python -m reports`: the command line of what is written."""

from reports import document_cli  # noqa: F401 - adds its commands
from reports.cli import app

app()
