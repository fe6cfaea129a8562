-- seen.cause_tickets(as_of, branch_scope, of_class, first_day, last_day, subject)
-- Grain: one ticket of one class received between two days (both included) that an analysis of causes may look at.
-- subject: 'replies' (a question was asked and answered), 'approvals' (a request was decided), 'customers', 'rounds'.
-- counted: whether the analysis counts this ticket: the first of its customer for the same question, the same type of
-- request, or in the calendar year; in 'rounds' every ticket counts. One definition for counts and tickets alike.
CREATE OR REPLACE MACRO seen.cause_tickets(as_of, branch_scope, of_class, first_day, last_day, subject) AS TABLE
SELECT
    *,
    subject = 'rounds' OR row_number() OVER (
        PARTITION BY customer_id, CASE subject
            WHEN 'replies' THEN question_key
            WHEN 'approvals' THEN approval_requested
            ELSE CAST(year(received_at) AS VARCHAR)
        END
        ORDER BY received_at, ticket_id
    ) = 1 AS counted
FROM seen.tickets(as_of, branch_scope)
WHERE complaint_class = of_class
  AND received_at >= first_day AND received_at < last_day + 1
  AND CASE subject
      WHEN 'replies' THEN question_key IS NOT NULL AND (reply_position IS NOT NULL OR reply_text IS NOT NULL)
      WHEN 'approvals' THEN approval_requested IS NOT NULL AND approval_granted IS NOT NULL
      ELSE true
  END;
