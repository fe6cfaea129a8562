-- Grain: one row of the file that says nothing new.
SELECT place FROM intake_dropped
