"""How the emotion score learns: from labelled text, openly and again at any time (`… -m analytics.text.learning`)."""
