-- Grain: one complaint class: from which day on its weekly evaluations are due again, because rows of imports newer
-- than the newest evaluation's were known by then; NULL where nothing came since.
-- access: head_office (it compares the whole bank's rows)
WITH evaluated AS (
    SELECT complaint_class, max(import_id) AS newest
    FROM seen.evaluations(CAST($as_of AS DATE), NULL)
    WHERE year = $year
    GROUP BY complaint_class
)
SELECT ticket.complaint_class, min(ticket.known_on) AS since
FROM seen.tickets(CAST('9999-12-31' AS DATE), NULL) AS ticket
JOIN evaluated USING (complaint_class)
WHERE ticket.import_id > evaluated.newest
GROUP BY ticket.complaint_class;
