-- Grain: one ticket behind a mark of the causes screen; $subject as in seen.cause_tickets, with `counted`. $branch,
-- $question, $approval: NULL for all; $demands: a list, empty for all ('' is none told), $without_demands: a list of those
-- left out; $least_rounds: reached this round (NULL rounds are one), 1 for all; $decided: only with a first outcome.
SELECT
    ticket_id, customer_id, received_at, branch_id, cause, demand, amount, question_key, reply_position, reply_text,
    approval_requested, approval_granted, rounds, first_outcome, first_outcome_at, final_outcome, closed_at, counted
FROM seen.cause_tickets(
    CAST($as_of AS DATE), $branch_scope, $complaint_class, CAST($first AS DATE), CAST($last AS DATE), $subject
)
WHERE ($branch IS NULL OR branch_id = $branch)
  AND ($question IS NULL OR question_key = $question)
  AND ($approval IS NULL OR approval_requested = $approval)
  AND (len($demands) = 0 OR list_contains($demands, coalesce(demand, '')))
  AND NOT list_contains($without_demands, coalesce(demand, ''))
  AND greatest(coalesce(rounds, 1), 1) >= $least_rounds
  AND (NOT $decided OR first_outcome IS NOT NULL)
ORDER BY received_at DESC, ticket_id
LIMIT $most;
