-- Grain: one good row of the file, only what is needed to decide whether it is news. place: the row's place in the file.
CREATE OR REPLACE TEMP TABLE intake_incoming AS SELECT place, subject, content_hash FROM intake_rows
