-- Grain: one text of one of the tickets $tickets (a list of ticket numbers): its narrative, its reply, what its steps
-- say and, where $spoken, each turn of its calls and chats.
-- text: raw (names that one text of a ticket introduces are looked for in the others; none of it is given out)
SELECT ticket_id, unnest([narrative, reply_text]) AS text
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id IN (SELECT unnest($tickets))
UNION ALL
SELECT ticket_id, detail AS text
FROM seen.events(CAST($as_of AS DATE), $branch_scope)
WHERE ticket_id IN (SELECT unnest($tickets))
UNION ALL
SELECT ticket_id, text
FROM seen.interactions(CAST($as_of AS DATE), $branch_scope)
WHERE $spoken AND ticket_id IN (SELECT unnest($tickets));
