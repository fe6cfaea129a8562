-- Grain: one row whose ticket id is a digest that an earlier row of the file has as well, where rows that are alike are
-- a ticket each ($separate): the second one is called digest-2, and so on, in the order of their contents.
CREATE OR REPLACE TEMP TABLE intake_renamed AS
SELECT place, ticket_id || '-' || nth AS ticket_id
FROM (
    SELECT place, ticket_id, row_number() OVER (PARTITION BY ticket_id ORDER BY content_hash, place) AS nth
    FROM intake_incoming
    WHERE $separate
      AND ticket_id IN (SELECT ticket_id FROM intake_incoming GROUP BY ticket_id HAVING count(*) > 1)
)
WHERE nth > 1
