-- Grain: one ticket of one complaint class received or decided in the years: when each step of its first round was, how
-- often it was sent back, and how its customer ended where this ticket is the one counted.
SELECT branch_id, received_at, dispatched_at, first_contact_at, first_reply_at, first_outcome_at, closed_at,
       returned, counted, is_not_agreed
FROM seen.handled_tickets(
    CAST($as_of AS DATE), $branch_scope, $reading, $complaint_class, $first_year, $last_year
);
