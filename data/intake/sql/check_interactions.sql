-- Grain: one row of the file, in the file's order: one turn of a call or chat. Columns as in check_branches.sql.
WITH read AS (
    SELECT row_number, place, interaction_id, turn AS turn_text,
           whole_number(turn) AS turn, "at" AS at_text, moment("at") AS "at",
           medium AS medium_text, medium(medium) AS medium,
           speaker AS speaker_text, speaker(speaker) AS speaker,
           "text" AS text, customer_id,
           branch_id, product, ticket_id
    FROM raw
),
judged AS (
    SELECT
        *,
        md5(concat_ws(chr(31), 'interaction_id=' || interaction_id, 'turn=' || turn, 'at=' || epoch_ms("at"),
                      'medium=' || medium, 'speaker=' || speaker, 'text=' || "text", 'customer_id=' || customer_id,
                      'branch_id=' || branch_id, 'product=' || product, 'ticket_id=' || ticket_id)) AS content_hash,
        interaction_id IS NULL AS fault_interaction_id_missing,
        shortened(interaction_id) AS fault_interaction_id_shortened,
        turn_text IS NULL AS fault_turn_missing,
        turn_text IS NOT NULL AND (turn IS NULL OR turn NOT BETWEEN 0 AND 1000000) AS fault_turn_no_count,
        at_text IS NULL AS fault_at_missing,
        at_text IS NOT NULL AND "at" IS NULL AS fault_at_no_date,
        implausible("at", getvariable('recorded_on')) AS fault_at_implausible,
        medium_text IS NULL AS fault_medium_missing,
        medium_text IS NOT NULL AND medium IS NULL AS fault_medium_unknown_word,
        speaker_text IS NULL AS fault_speaker_missing,
        speaker_text IS NOT NULL AND speaker IS NULL AS fault_speaker_unknown_word,
        "text" IS NULL AS fault_text_missing
    FROM read
)
SELECT row_number, place, interaction_id, CAST(CASE WHEN turn BETWEEN 0 AND 1000000 THEN turn END AS INTEGER) AS turn, "at",
       medium, speaker, "text", customer_id, branch_id, product, ticket_id, content_hash,
       concat_ws(chr(31), interaction_id, turn::VARCHAR) AS subject,
       COLUMNS('^fault_'), greatest(*COLUMNS('^fault_')) AS fails
FROM judged
