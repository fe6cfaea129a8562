-- Grain: one row of the file that becomes a version of a contended ticket, with its days.
SELECT place, known_on, superseded_on FROM intake_chain WHERE place IS NOT NULL
