-- Grain: one good row of the file whose ticket is contended, only what is needed to decide whether it is news.
-- place: the row's place in the file.
CREATE OR REPLACE TEMP TABLE intake_incoming AS
SELECT place, ticket_id, content_hash, status_at, status_columns, CAST(received_at AS DATE) AS received_on, updated_at
FROM intake_rows
SEMI JOIN intake_contended USING (ticket_id)
