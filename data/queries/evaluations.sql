-- Grain: one week of the year $year of one complaint class: its newest evaluation, oldest week first.
-- $complaint_class: NULL for all.
SELECT complaint_class, year, week, evaluated_on, plan_version, import_id, made_at, body
FROM seen.evaluations(CAST($as_of AS DATE), $branch_scope)
WHERE year = $year AND ($complaint_class IS NULL OR complaint_class = $complaint_class)
ORDER BY complaint_class COLLATE zh, week;
