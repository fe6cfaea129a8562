"""Reports: files that leave the house. `python -m reports` writes them without a screen."""
