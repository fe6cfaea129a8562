-- Grain: one row of the file that says nothing new.
CREATE OR REPLACE TEMP TABLE intake_dropped AS
SELECT place FROM intake_incoming ANTI JOIN intake_fresh USING (place)
