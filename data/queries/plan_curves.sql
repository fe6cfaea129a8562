-- Grain: one day of the frozen curve of one version of one class's plan, oldest version first.
-- access: everyone
SELECT version, day, share, customers
FROM seen.plan_curves(CAST($as_of AS DATE))
WHERE complaint_class = $complaint_class AND year = $year
ORDER BY version, day;
