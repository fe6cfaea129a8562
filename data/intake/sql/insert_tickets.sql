-- Grain: one new ticket version: every good row of the file whose ticket stands alone, and what is fresh of the others.
INSERT INTO stored.ticket_versions BY NAME
SELECT
    coalesce(intake_renamed.ticket_id, intake_rows.ticket_id) AS ticket_id,
    CASE
        WHEN intake_renamed.ticket_id IS NOT NULL AND customer_id = intake_rows.ticket_id THEN intake_renamed.ticket_id
        ELSE customer_id
    END AS customer_id,
    intake_rows.* EXCLUDE (place, row_number, ticket_id, customer_id),
    $import_id AS import_id,
    CAST($recorded_on AS DATE) AS recorded_on,
    CASE
        WHEN intake_chain.place IS NOT NULL THEN intake_chain.known_on
        WHEN CAST(received_at AS DATE) < CAST($watch_start AS DATE) THEN CAST(received_at AS DATE)
        ELSE CAST($recorded_on AS DATE)
    END AS known_on,
    intake_chain.superseded_on AS superseded_on
FROM intake_rows
LEFT JOIN intake_renamed ON intake_renamed.place = intake_rows.place
LEFT JOIN intake_chain ON intake_chain.place = intake_rows.place
WHERE intake_rows.place NOT IN (SELECT place FROM intake_dropped)
