-- Grain: one reply with its text, the newest $most of the class: to read positions that nobody coded, and to compare
-- outcomes by the sentences of the replies. counted: as in cause_reply_counts; false where no question was asked.
WITH counted AS (
    SELECT ticket_id
    FROM seen.cause_tickets(
        CAST($as_of AS DATE), $branch_scope, $complaint_class, CAST($first AS DATE), CAST($last AS DATE), 'replies'
    )
    WHERE counted
)
SELECT
    ticket_id, branch_id, question_key, reply_position, reply_text, first_outcome,
    counted.ticket_id IS NOT NULL AS counted
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope) AS ticket
LEFT JOIN counted USING (ticket_id)
WHERE complaint_class = $complaint_class
  AND received_at >= CAST($first AS DATE) AND received_at < CAST($last AS DATE) + 1
  AND reply_text IS NOT NULL
ORDER BY received_at DESC, ticket_id DESC
LIMIT $most;
