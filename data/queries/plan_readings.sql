-- Grain: one reading that a plan in the store has chosen.
-- access: everyone
SELECT DISTINCT reading FROM seen.plans(CAST($as_of AS DATE)) ORDER BY reading;
