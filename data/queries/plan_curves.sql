-- Grain: one day of the frozen curve of one version of one class's plan of the year, oldest version first.
-- access: everyone
SELECT complaint_class, version, day, share, customers
FROM seen.plan_curves(CAST($as_of AS DATE))
WHERE year = $year
ORDER BY complaint_class, version, day;
