-- Grain: one new ticket version. The rows come with known_on and superseded_on where the ticket has other versions;
-- a ticket that stands alone is known from its receipt when that lies before watching began, else from this import.
INSERT INTO stored.ticket_versions BY NAME
SELECT
    coalesce(own_id, ticket_id) AS ticket_id,
    CASE WHEN own_id IS NOT NULL AND customer_id = ticket_id THEN own_id ELSE customer_id END AS customer_id,
    * EXCLUDE (place, row_number, ticket_id, customer_id, known_on, own_id),
    $import_id AS import_id,
    CAST($recorded_on AS DATE) AS recorded_on,
    CASE
        WHEN known_on IS NOT NULL THEN known_on
        WHEN CAST(received_at AS DATE) < CAST($watch_start AS DATE) THEN CAST(received_at AS DATE)
        ELSE CAST($recorded_on AS DATE)
    END AS known_on
FROM intake_rows
