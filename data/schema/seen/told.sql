-- seen.told(as_of, branch_scope, reading, since)
-- Grain: one ticket received from the day since on, with what was known of it at one moment of its handling, look_at,
-- at which its outcome (by the reading) was still open: for a ticket without an outcome the end of the day as_of, for
-- a decided one a moment between receipt and outcome that its number draws. No column says what came after look_at,
-- except outcome and outcome_at, which are what a model learns.
CREATE OR REPLACE MACRO seen.told(as_of, branch_scope, reading, since) AS TABLE
WITH standing AS (
    SELECT ticket_id, outcome, outcome_at,
           CASE WHEN outcome_at IS NULL THEN CAST(as_of + 1 AS TIMESTAMP)
                ELSE make_timestamp(epoch_us(received_at) + CAST(
                    greatest(epoch_us(outcome_at) - epoch_us(received_at), 0)
                    * (CAST('0x' || substr(md5(ticket_id), 1, 4) AS INTEGER) / 65536.0) AS BIGINT))
           END AS look_at
    FROM seen.outcomes(as_of, branch_scope, reading)
    WHERE received_at >= since
)
SELECT
    ticket_id, customer_id, received_at, complaint_class, product, channel, branch_id, cause, demand, amount, narrative,
    CASE WHEN dispatched_at <= look_at THEN dispatched_at END AS dispatched_at,
    CASE WHEN first_contact_at <= look_at THEN first_contact_at END AS first_contact_at,
    CASE WHEN first_reply_at <= look_at THEN first_reply_at END AS first_reply_at,
    reading = 'final' AND first_outcome = 'not_agreed' AND coalesce(first_outcome_at <= look_at, false)
        AS first_not_agreed,
    look_at, outcome, outcome_at
FROM standing JOIN stored.ticket_versions USING (ticket_id)
WHERE known_on <= as_of
QUALIFY row_number() OVER (
    PARTITION BY ticket_id
    ORDER BY known_on > look_at::DATE, CASE WHEN known_on <= look_at::DATE THEN known_on END DESC, known_on,
             superseded_on DESC NULLS FIRST, status_at DESC
) = 1;
