"""Charts: pure functions from a result to a Plotly figure, one look for screen and picture."""
