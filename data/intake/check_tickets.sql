-- Grain: one row of the file, in the file's order.
-- From `raw` (row_number and every ticket column as text) to typed columns. Then:
--   status_at        updated_at, else the latest dated column
--   status_columns   how many status columns are filled
--   content_hash     of the typed columns but the id, filled ones only: a column added later changes no hash
--   fault_<column>_<what>   why the row is set aside; fits: no fault
--   note_<what>      assumptions made about the row
-- Variables: recorded_on (the day the file was made), those of values.sql, and amount_scale.
WITH tidied AS (
    SELECT
        row_number,
        identifier(tidy(ticket_id)) AS ticket_id,
        identifier(tidy(customer_id)) AS customer_id,
        tidy(received_at) AS received_at,
        tidy(complaint_class) AS complaint_class,
        tidy(product) AS product,
        tidy(business_type) AS business_type,
        tidy(channel) AS channel,
        identifier(tidy(branch_id)) AS branch_id,
        tidy(department) AS department,
        tidy(cause) AS cause,
        tidy(industry_cause) AS industry_cause,
        tidy(demand) AS demand,
        tidy(amount) AS amount,
        tidy(dispatched_at) AS dispatched_at,
        tidy(first_contact_at) AS first_contact_at,
        tidy(first_reply_at) AS first_reply_at,
        tidy(first_outcome) AS first_outcome,
        tidy(first_outcome_at) AS first_outcome_at,
        tidy(rounds) AS rounds,
        tidy(final_outcome) AS final_outcome,
        tidy(closed_at) AS closed_at,
        identifier(tidy(question_key)) AS question_key,
        tidy(reply_position) AS reply_position,
        tidy(reply_text) AS reply_text,
        tidy(approval_requested) AS approval_requested,
        tidy(approval_granted) AS approval_granted,
        tidy(narrative) AS narrative,
        tidy(updated_at) AS updated_at,
        tidy(first_outcome_stand_in) AS first_outcome_stand_in,
        tidy(closed_stand_in) AS closed_stand_in
    FROM raw
),
read AS (
    SELECT
        row_number, ticket_id, customer_id, complaint_class, product, business_type, channel, branch_id, department,
        cause, industry_cause, demand, question_key, reply_position, reply_text, approval_requested, narrative,
        tidied.received_at AS received_text,
        tidied.amount AS amount_text,
        tidied.dispatched_at AS dispatched_text,
        tidied.first_contact_at AS first_contact_text,
        tidied.first_reply_at AS first_reply_text,
        tidied.first_outcome AS first_outcome_text,
        tidied.first_outcome_at AS first_outcome_at_text,
        tidied.rounds AS rounds_text,
        tidied.final_outcome AS final_outcome_text,
        tidied.closed_at AS closed_text,
        tidied.approval_granted AS approval_granted_text,
        tidied.updated_at AS updated_text,
        moment(tidied.received_at) AS received_at,
        fen(number(tidied.amount) * getvariable('amount_scale')) AS amount,
        moment(tidied.dispatched_at) AS dispatched_at,
        moment(tidied.first_contact_at) AS first_contact_at,
        moment(tidied.first_reply_at) AS first_reply_at,
        outcome(tidied.first_outcome) AS first_outcome,
        moment(tidied.first_outcome_at) AS first_outcome_said_at,
        whole_number(tidied.rounds) AS rounds,
        outcome(tidied.final_outcome) AS final_outcome,
        moment(tidied.closed_at) AS closed_said_at,
        yes_no(tidied.approval_granted) AS approval_granted,
        moment(tidied.updated_at) AS updated_at,
        moment(first_outcome_stand_in) AS first_outcome_stand_in,
        moment(closed_stand_in) AS closed_stand_in
    FROM tidied
),
-- An outcome without a date takes the mapping's stand-in, not before the receipt; a date without an outcome is no date.
dated AS (
    SELECT
        *,
        CASE
            WHEN first_outcome IS NULL THEN NULL
            WHEN first_outcome_at_text IS NOT NULL THEN first_outcome_said_at
            WHEN first_outcome_stand_in IS NOT NULL THEN greatest(first_outcome_stand_in, received_at)
        END AS first_outcome_at,
        CASE
            WHEN closed_text IS NOT NULL THEN closed_said_at
            WHEN final_outcome IS NOT NULL AND closed_stand_in IS NOT NULL THEN greatest(closed_stand_in, received_at)
        END AS closed_at
    FROM read
),
hashed AS (
    SELECT
        *,
        md5(concat_ws(
            chr(31),
            'customer_id=' || customer_id,
            'received_at=' || epoch_ms(received_at),
            'complaint_class=' || complaint_class,
            'product=' || product,
            'business_type=' || business_type,
            'channel=' || channel,
            'branch_id=' || branch_id,
            'department=' || department,
            'cause=' || cause,
            'industry_cause=' || industry_cause,
            'demand=' || demand,
            'amount=' || TRY(amount_text(amount)),
            'dispatched_at=' || epoch_ms(dispatched_at),
            'first_contact_at=' || epoch_ms(first_contact_at),
            'first_reply_at=' || epoch_ms(first_reply_at),
            'first_outcome=' || first_outcome,
            'first_outcome_at=' || epoch_ms(first_outcome_at),
            'rounds=' || rounds,
            'final_outcome=' || final_outcome,
            'closed_at=' || epoch_ms(closed_at),
            'question_key=' || question_key,
            'reply_position=' || reply_position,
            'reply_text=' || reply_text,
            'approval_requested=' || approval_requested,
            'approval_granted=' || approval_granted,
            'narrative=' || narrative,
            'updated_at=' || epoch_ms(updated_at)
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
    row_number, ticket_id, customer_id, received_at, complaint_class, product, business_type, channel, branch_id,
    department, cause, industry_cause, demand, amount, dispatched_at, first_contact_at, first_reply_at, first_outcome,
    first_outcome_at, CAST(CASE WHEN abs(rounds) <= 1000 THEN rounds END AS INTEGER) AS rounds, final_outcome,
    closed_at, question_key, reply_position, reply_text, approval_requested, approval_granted, narrative, updated_at,
    status_at, status_columns, content_hash,
    COLUMNS('^fault_'), COLUMNS('^note_'),
    NOT greatest(*COLUMNS('^fault_')) AS fits
FROM judged
