-- Grain: one row of the file, in the file's order: one step of a ticket. Columns as in check_tickets.sql.
WITH read AS (
    SELECT row_number, place, ticket_id, event, "at" AS at_text,
           moment("at") AS "at", party, detail, mediator, result AS result_text, outcome(result) AS result
    FROM raw
),
judged AS (
    SELECT
        *,
        md5(concat_ws(chr(31), 'ticket_id=' || ticket_id, 'event=' || event, 'at=' || epoch_ms("at"), 'party=' || party,
                      'detail=' || detail, 'mediator=' || mediator, 'result=' || result)) AS content_hash,
        ticket_id IS NULL AS fault_ticket_id_missing,
        shortened(ticket_id) AS fault_ticket_id_shortened,
        event IS NULL AS fault_event_missing,
        at_text IS NULL AS fault_at_missing,
        at_text IS NOT NULL AND "at" IS NULL AS fault_at_no_date,
        implausible("at", getvariable('recorded_on')) AS fault_at_implausible,
        result_text IS NOT NULL AND result IS NULL AND NOT undecided(result_text) AS fault_result_unknown_word
    FROM read
)
SELECT row_number, place, ticket_id, event, "at", party, detail, mediator, result, content_hash, content_hash AS subject,
       COLUMNS('^fault_'), greatest(*COLUMNS('^fault_')) AS fails
FROM judged
