-- Grain: one row of the file, in the file's order.
-- From `raw` (row_number, place and every ticket column as tidy text) to typed columns. Then:
--   status_at        updated_at, else the latest dated column
--   status_columns   how many status columns are filled
--   content_hash     of the typed columns but the id, each ended by chr(31), an empty one as nothing. A column added
--                    later must go in as coalesce(name || chr(31), ''), so that it changes no hash it is empty in
--   fault_<column>_<what>   why the row is set aside; fails: any fault
--   note_<what>      assumptions made about the row
-- Variables: recorded_on (the day the file was made), amount_scale, first_outcome_at_fallback and closed_at_fallback
-- (columns that stand in for a missing date), and those of values.sql.
WITH read AS (
    SELECT
        row_number, place, ticket_id, customer_id, complaint_class, product, business_type, channel, branch_id, department,
        cause, industry_cause, demand, question_key, reply_position, reply_text, approval_requested, narrative,
        raw.received_at AS received_text,
        raw.amount AS amount_text,
        raw.dispatched_at AS dispatched_text,
        raw.first_contact_at AS first_contact_text,
        raw.first_reply_at AS first_reply_text,
        raw.first_outcome AS first_outcome_text,
        raw.first_outcome_at AS first_outcome_at_text,
        raw.rounds AS rounds_text,
        raw.final_outcome AS final_outcome_text,
        raw.closed_at AS closed_text,
        raw.approval_granted AS approval_granted_text,
        raw.updated_at AS updated_text,
        moment(raw.received_at) AS received_at,
        fen(number(raw.amount) * getvariable('amount_scale')) AS amount,
        moment(raw.dispatched_at) AS dispatched_at,
        moment(raw.first_contact_at) AS first_contact_at,
        moment(raw.first_reply_at) AS first_reply_at,
        outcome(raw.first_outcome) AS first_outcome,
        moment(raw.first_outcome_at) AS first_outcome_said_at,
        whole_number(raw.rounds) AS rounds,
        outcome(raw.final_outcome) AS final_outcome,
        moment(raw.closed_at) AS closed_said_at,
        yes_no(raw.approval_granted) AS approval_granted,
        moment(raw.updated_at) AS updated_at
    FROM raw
),
-- An outcome without a date takes the first date of the mapping's fallback columns, but not before the receipt; a
-- date without an outcome is no date.
dated AS (
    SELECT
        *,
        CASE
            WHEN first_outcome IS NULL THEN NULL
            WHEN first_outcome_at_text IS NOT NULL THEN first_outcome_said_at
            ELSE list_transform(list_filter(
                list_transform(getvariable('first_outcome_at_fallback'), lambda name: CASE name
                    WHEN 'received_at' THEN received_at
                    WHEN 'dispatched_at' THEN dispatched_at
                    WHEN 'first_contact_at' THEN first_contact_at
                    WHEN 'first_reply_at' THEN first_reply_at
                    WHEN 'closed_at' THEN closed_said_at
                    WHEN 'updated_at' THEN updated_at
                END),
                lambda found: found IS NOT NULL)[1:1], lambda found: greatest(found, received_at))[1]
        END AS first_outcome_at,
        CASE
            WHEN closed_text IS NOT NULL THEN closed_said_at
            WHEN final_outcome IS NULL THEN NULL
            ELSE list_transform(list_filter(
                list_transform(getvariable('closed_at_fallback'), lambda name: CASE name
                    WHEN 'received_at' THEN received_at
                    WHEN 'dispatched_at' THEN dispatched_at
                    WHEN 'first_contact_at' THEN first_contact_at
                    WHEN 'first_reply_at' THEN first_reply_at
                    WHEN 'first_outcome_at' THEN first_outcome_said_at
                    WHEN 'updated_at' THEN updated_at
                END),
                lambda found: found IS NOT NULL)[1:1], lambda found: greatest(found, received_at))[1]
        END AS closed_at
    FROM read
),
hashed AS (
    SELECT
        *,
        md5(concat(
            customer_id, chr(31), epoch_ms(received_at), chr(31), complaint_class, chr(31), product, chr(31),
            business_type, chr(31), channel, chr(31), branch_id, chr(31), department, chr(31),
            cause, chr(31), industry_cause, chr(31), demand, chr(31), TRY(amount_text(amount)), chr(31),
            epoch_ms(dispatched_at), chr(31), epoch_ms(first_contact_at), chr(31), epoch_ms(first_reply_at), chr(31), first_outcome, chr(31),
            epoch_ms(first_outcome_at), chr(31), rounds, chr(31), final_outcome, chr(31), epoch_ms(closed_at), chr(31),
            question_key, chr(31), reply_position, chr(31), reply_text, chr(31), approval_requested, chr(31),
            approval_granted, chr(31), narrative, chr(31), epoch_ms(updated_at), chr(31)
        )) AS content_hash,
        coalesce(
            updated_at,
            greatest(received_at, dispatched_at, first_contact_at, first_reply_at, first_outcome_at, closed_at)
        ) AS status_at,
        CAST(
            (dispatched_at IS NOT NULL)::INTEGER + (first_contact_at IS NOT NULL)::INTEGER
            + (first_reply_at IS NOT NULL)::INTEGER + (first_outcome_at IS NOT NULL)::INTEGER
            + (rounds IS NOT NULL)::INTEGER + (final_outcome IS NOT NULL)::INTEGER + (closed_at IS NOT NULL)::INTEGER
        AS TINYINT) AS status_columns
    FROM dated
),
judged AS (
    SELECT
        *,
        ticket_id IS NULL AS fault_ticket_id_missing,
        shortened(ticket_id) AS fault_ticket_id_shortened,
        customer_id IS NULL AS fault_customer_id_missing,
        shortened(customer_id) AS fault_customer_id_shortened,
        received_text IS NULL AS fault_received_at_missing,
        received_text IS NOT NULL AND received_at IS NULL AS fault_received_at_no_date,
        implausible(received_at, getvariable('recorded_on')) AS fault_received_at_implausible,
        complaint_class IS NULL AS fault_complaint_class_missing,
        branch_id IS NULL AS fault_branch_id_missing,
        amount_text IS NOT NULL AND amount IS NULL AS fault_amount_no_number,
        coalesce(amount < 0, false) AS fault_amount_negative,
        coalesce(amount > 1e13, false) AS fault_amount_too_large,
        dispatched_text IS NOT NULL AND dispatched_at IS NULL AS fault_dispatched_at_no_date,
        implausible(dispatched_at, getvariable('recorded_on')) AS fault_dispatched_at_implausible,
        first_contact_text IS NOT NULL AND first_contact_at IS NULL AS fault_first_contact_at_no_date,
        implausible(first_contact_at, getvariable('recorded_on')) AS fault_first_contact_at_implausible,
        first_reply_text IS NOT NULL AND first_reply_at IS NULL AS fault_first_reply_at_no_date,
        implausible(first_reply_at, getvariable('recorded_on')) AS fault_first_reply_at_implausible,
        first_outcome_text IS NOT NULL AND first_outcome IS NULL AND NOT undecided(first_outcome_text)
            AS fault_first_outcome_unknown_word,
        first_outcome IS NOT NULL AND first_outcome_at IS NULL AND first_outcome_at_text IS NULL
            AS fault_first_outcome_undated,
        first_outcome_at_text IS NOT NULL AND first_outcome_said_at IS NULL AS fault_first_outcome_at_no_date,
        implausible(first_outcome_said_at, getvariable('recorded_on')) AS fault_first_outcome_at_implausible,
        coalesce(first_outcome_at < date_trunc('day', received_at), false) AS fault_first_outcome_at_before_receipt,
        rounds_text IS NOT NULL AND (rounds IS NULL OR rounds NOT BETWEEN 0 AND 1000) AS fault_rounds_no_count,
        final_outcome_text IS NOT NULL AND final_outcome IS NULL AND NOT undecided(final_outcome_text)
            AS fault_final_outcome_unknown_word,
        final_outcome IS NOT NULL AND closed_at IS NULL AND closed_text IS NULL AS fault_final_outcome_undated,
        closed_text IS NOT NULL AND closed_said_at IS NULL AS fault_closed_at_no_date,
        implausible(closed_said_at, getvariable('recorded_on')) AS fault_closed_at_implausible,
        coalesce(closed_at < date_trunc('day', received_at), false) AS fault_closed_at_before_receipt,
        approval_granted_text IS NOT NULL AND approval_granted IS NULL AS fault_approval_granted_unknown_word,
        updated_text IS NOT NULL AND updated_at IS NULL AS fault_updated_at_no_date,
        implausible(updated_at, getvariable('recorded_on')) AS fault_updated_at_implausible,
        first_outcome IS NOT NULL AND first_outcome_at_text IS NULL AND first_outcome_at IS NOT NULL
            AS note_outcome_dated_by_stand_in,
        final_outcome IS NOT NULL AND closed_text IS NULL AND closed_at IS NOT NULL AS note_closed_dated_by_stand_in,
        first_outcome IS NULL AND first_outcome_at_text IS NOT NULL AS note_date_without_outcome
    FROM hashed
)
SELECT
    row_number, place, ticket_id, customer_id, received_at, complaint_class, product, business_type, channel, branch_id,
    department, cause, industry_cause, demand, amount, dispatched_at, first_contact_at, first_reply_at, first_outcome,
    first_outcome_at, CAST(CASE WHEN abs(rounds) <= 1000 THEN rounds END AS INTEGER) AS rounds, final_outcome,
    closed_at, question_key, reply_position, reply_text, approval_requested, approval_granted, narrative, updated_at,
    status_at, status_columns, content_hash,
    COLUMNS('^fault_'), COLUMNS('^note_'),
    greatest(*COLUMNS('^fault_')) AS fails
FROM judged
