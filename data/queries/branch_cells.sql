-- Grain: one branch, cause, channel and calendar year of one complaint class with decided customers.
-- decided, not_agreed: customers, each at the ticket that decided. cause and channel are '' where not given.
SELECT branch_id, cause, channel, year,
       count(*)::INTEGER AS decided,
       count(*) FILTER (WHERE is_not_agreed)::INTEGER AS not_agreed
FROM seen.decided_customers(
    CAST($as_of AS DATE), $branch_scope, $reading, $complaint_class, $first_year, $last_year
)
GROUP BY ALL
ORDER BY ALL;
