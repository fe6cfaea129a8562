-- Grain: one plan version of one class and year, as made up to the as-of day, oldest first.
-- access: everyone
SELECT complaint_class, year, version, regime, target_fcr, budget, reading, near, over, valid_from, made_at, made_by,
       note, demo
FROM seen.plans(CAST($as_of AS DATE))
WHERE complaint_class = $complaint_class AND year = $year
ORDER BY version;
