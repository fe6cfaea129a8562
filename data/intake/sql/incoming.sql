-- Grain: one good row of the file, only what is needed to decide whether it is news. place: its place among them.
CREATE OR REPLACE TEMP TABLE intake_incoming AS SELECT * FROM intake_keys
