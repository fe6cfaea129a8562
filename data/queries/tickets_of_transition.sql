-- Grain: one ticket of one class and years in which $step was followed at once by $next_step, or in which $step was taken
-- at all where $next_step is NULL; of one branch where given.
WITH passed AS (
    SELECT DISTINCT ticket_id
    FROM seen.handling_log(CAST($as_of AS DATE), $branch_scope, $complaint_class, $first_year, $last_year)
    WHERE step = $step
      AND (CAST($next_step AS VARCHAR) IS NULL OR next_step = $next_step)
      AND (CAST($branch AS VARCHAR) IS NULL OR branch_id = $branch)
)
SELECT
    ticket_id, customer_id, received_at, branch_id, product, channel, cause, demand, amount, rounds,
    first_outcome, first_outcome_at, final_outcome, closed_at
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope) SEMI JOIN passed USING (ticket_id)
ORDER BY received_at DESC, ticket_id;
