-- Grain: one complaint class with tickets received up to the as-of day; tickets of the year $year and of all years.
SELECT
    complaint_class,
    count(*) FILTER (WHERE received_at >= make_date($year, 1, 1) AND received_at < make_date($year + 1, 1, 1)) AS in_year,
    count(*) AS tickets
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
GROUP BY complaint_class
ORDER BY in_year DESC, tickets DESC, complaint_class COLLATE zh;
