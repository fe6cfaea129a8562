-- Grain: one row of the file, in the file's order: one turn of a call or chat. Columns as in check_branches.sql.
WITH tidied AS (
    SELECT row_number, identifier(tidy(interaction_id)) AS interaction_id, tidy(turn) AS turn_text,
           whole_number(tidy(turn)) AS turn, tidy(at) AS at_text, moment(tidy(at)) AS at,
           tidy(medium) AS medium_text, medium(tidy(medium)) AS medium,
           tidy(speaker) AS speaker_text, speaker(tidy(speaker)) AS speaker,
           tidy("text") AS text, identifier(tidy(customer_id)) AS customer_id,
           identifier(tidy(branch_id)) AS branch_id, tidy(product) AS product, identifier(tidy(ticket_id)) AS ticket_id
    FROM raw
),
judged AS (
    SELECT
        *,
        md5(concat_ws(chr(31), 'interaction_id=' || interaction_id, 'turn=' || turn, 'at=' || epoch_ms(at),
                      'medium=' || medium, 'speaker=' || speaker, 'text=' || "text", 'customer_id=' || customer_id,
                      'branch_id=' || branch_id, 'product=' || product, 'ticket_id=' || ticket_id)) AS content_hash,
        interaction_id IS NULL AS fault_interaction_id_missing,
        shortened(interaction_id) AS fault_interaction_id_shortened,
        turn_text IS NULL AS fault_turn_missing,
        turn_text IS NOT NULL AND (turn IS NULL OR turn NOT BETWEEN 0 AND 1000000) AS fault_turn_no_count,
        at_text IS NULL AS fault_at_missing,
        at_text IS NOT NULL AND at IS NULL AS fault_at_no_date,
        implausible(at, getvariable('recorded_on')) AS fault_at_implausible,
        medium_text IS NULL AS fault_medium_missing,
        medium_text IS NOT NULL AND medium IS NULL AS fault_medium_unknown_word,
        speaker_text IS NULL AS fault_speaker_missing,
        speaker_text IS NOT NULL AND speaker IS NULL AS fault_speaker_unknown_word,
        "text" IS NULL AS fault_text_missing
    FROM tidied
)
SELECT row_number, interaction_id, CAST(CASE WHEN turn BETWEEN 0 AND 1000000 THEN turn END AS INTEGER) AS turn, at,
       medium, speaker, "text", customer_id, branch_id, product, ticket_id, content_hash,
       concat_ws(chr(31), interaction_id, turn::VARCHAR) AS subject,
       COLUMNS('^fault_'), NOT greatest(*COLUMNS('^fault_')) AS fits
FROM judged
