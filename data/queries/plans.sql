-- Grain: one plan version of one class in the year, as made up to the as-of day, oldest first.
-- access: everyone
SELECT complaint_class, year, version, regime, target_fcr, budget, reading, near, over, valid_from, made_at, made_by,
       note, demo
FROM seen.plans(CAST($as_of AS DATE))
WHERE year = $year
ORDER BY complaint_class, version;
