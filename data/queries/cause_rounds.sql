-- Grain: one demand, number of rounds, first outcome and final outcome: tickets.
SELECT demand, rounds, first_outcome, final_outcome, count(*) AS tickets
FROM seen.cause_tickets(
    CAST($as_of AS DATE), $branch_scope, $complaint_class, CAST($first AS DATE), CAST($last AS DATE), 'rounds'
)
GROUP BY ALL
ORDER BY ALL;
