-- Grain: one row: how many tickets are contended.
SELECT count(*) AS tickets FROM intake_contended
