-- Grain: one department of the head office with tickets of one complaint class in the last year, most tickets first.
SELECT department, count(*) AS tickets
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE complaint_class = $complaint_class AND department IS NOT NULL AND trim(department) <> ''
  AND received_at > CAST($as_of AS DATE) - 365
GROUP BY department
ORDER BY tickets DESC, department COLLATE zh;
