-- Grain: one row of the file that says nothing new.
CREATE OR REPLACE TEMP TABLE intake_dropped AS
SELECT place FROM intake_incoming
WHERE ticket_id IN (SELECT ticket_id FROM intake_contended)
  AND place NOT IN (SELECT place FROM intake_fresh)
