-- seen.handled_tickets(as_of, branch_scope, reading, of_class, first_year, last_year)
-- Grain: one ticket of one complaint class that was received, or whose customer was decided, in the years.
-- counted: whether it is the ticket that its customer stands at in seen.decided_customers; is_not_agreed: how that
-- customer ended (NULL where not counted). returned: how often it was sent back before its first outcome.
CREATE OR REPLACE MACRO seen.handled_tickets(as_of, branch_scope, reading, of_class, first_year, last_year) AS TABLE
WITH counted AS (
    SELECT ticket_id, is_not_agreed
    FROM seen.decided_customers(as_of, branch_scope, reading, of_class, first_year, last_year)
),
returns AS (
    SELECT ticket_id, happened_at FROM seen.events(as_of, branch_scope) WHERE event IN ('returned', '退回')
),
tickets AS (
    SELECT
        * REPLACE (coalesce(cause, '') AS cause, coalesce(channel, '') AS channel),
        counted.ticket_id IS NOT NULL AS counted,
        counted.is_not_agreed
    FROM seen.tickets(as_of, branch_scope) LEFT JOIN counted USING (ticket_id)
    WHERE complaint_class = of_class AND received_at < make_date(last_year + 1, 1, 1)
      AND (received_at >= make_date(first_year, 1, 1) OR counted.ticket_id IS NOT NULL)
),
sent_back AS (
    SELECT ticket_id, count(*) AS returned
    FROM tickets JOIN returns USING (ticket_id)
    WHERE first_outcome_at IS NULL OR happened_at <= first_outcome_at
    GROUP BY ticket_id
)
SELECT tickets.*, coalesce(returned, 0)::INTEGER AS returned
FROM tickets LEFT JOIN sent_back USING (ticket_id);
