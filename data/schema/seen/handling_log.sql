-- seen.handling_log(as_of, branch_scope, of_class, first_year, last_year)
-- Grain: one step of one ticket of one complaint class received in the years, with the step that followed (NULL after
-- the last). Steps are the dated columns of the ticket and its events, in order of time; at the same moment in the order of
-- the usual handling.
CREATE OR REPLACE MACRO seen.handling_log(as_of, branch_scope, of_class, first_year, last_year) AS TABLE
WITH tickets AS (
    SELECT * FROM seen.tickets(as_of, branch_scope)
    WHERE complaint_class = of_class
      AND received_at >= make_date(first_year, 1, 1) AND received_at < make_date(last_year + 1, 1, 1)
),
steps AS (
    SELECT ticket_id, branch_id, 'received' AS step, received_at AS happened_at, 0 AS place FROM tickets
    UNION ALL SELECT ticket_id, branch_id, 'dispatched', dispatched_at, 1 FROM tickets
    UNION ALL SELECT ticket_id, branch_id, 'first_contact', first_contact_at, 4 FROM tickets
    UNION ALL SELECT ticket_id, branch_id, 'first_reply', first_reply_at, 5 FROM tickets
    UNION ALL SELECT ticket_id, branch_id, 'first_' || first_outcome, first_outcome_at, 6 FROM tickets
    UNION ALL SELECT ticket_id, branch_id, coalesce('closed_' || final_outcome, 'closed'), closed_at, 9 FROM tickets
    UNION ALL
    SELECT ticket_id, branch_id, event, happened_at,
           CASE event WHEN 'returned' THEN 2 WHEN '退回' THEN 2 WHEN 'redispatched' THEN 3 ELSE 7 END
    FROM tickets JOIN seen.events(as_of, branch_scope) USING (ticket_id)
)
SELECT
    ticket_id, branch_id, step, happened_at,
    lead(step) OVER following AS next_step,
    lead(happened_at) OVER following AS next_at
FROM steps
WHERE happened_at IS NOT NULL AND step IS NOT NULL
WINDOW following AS (PARTITION BY ticket_id ORDER BY happened_at, place, step);
