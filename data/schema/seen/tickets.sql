-- seen.tickets(as_of, branch_scope)
-- Grain: one ticket as it was known at the end of the day as_of. What is dated later is not there yet.
-- branch_scope: the one branch the reader may see, NULL for all.
CREATE OR REPLACE MACRO seen.tickets(as_of, branch_scope) AS TABLE
SELECT
    ticket_id, customer_id, received_at, complaint_class, product, business_type, channel, branch_id, department,
    cause, industry_cause, demand, amount,
    CASE WHEN dispatched_at < as_of + 1 THEN dispatched_at END AS dispatched_at,
    CASE WHEN first_contact_at < as_of + 1 THEN first_contact_at END AS first_contact_at,
    CASE WHEN first_reply_at < as_of + 1 THEN first_reply_at END AS first_reply_at,
    CASE WHEN first_outcome_at < as_of + 1 THEN first_outcome END AS first_outcome,
    CASE WHEN first_outcome_at < as_of + 1 THEN first_outcome_at END AS first_outcome_at,
    rounds,
    CASE WHEN closed_at < as_of + 1 THEN final_outcome END AS final_outcome,
    CASE WHEN closed_at < as_of + 1 THEN closed_at END AS closed_at,
    question_key, reply_position,
    CASE WHEN coalesce(first_reply_at, received_at) < as_of + 1 THEN reply_text END AS reply_text,
    approval_requested, approval_granted, narrative, updated_at, known_on, import_id
FROM stored.ticket_versions
WHERE known_on <= as_of
  AND (superseded_on IS NULL OR superseded_on > as_of)
  AND received_at < as_of + 1
  AND (branch_scope IS NULL OR branch_id = branch_scope);
