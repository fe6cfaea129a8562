-- Grain: one row of the file that says nothing new about its subject: it stands in the file before, or its content is
-- kept and nothing else has been said since (or the file holds what holds now as well, or is no younger).
CREATE OR REPLACE TEMP TABLE intake_dropped AS
WITH holding AS (
    SELECT subject, content_hash, recorded_on,
           EXISTS (SELECT 1 FROM intake_incoming WHERE intake_incoming.subject = intake_known.subject
                   AND intake_incoming.content_hash = intake_known.content_hash) AS in_file
    FROM intake_known
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY recorded_on DESC, import_id DESC, content_hash) = 1
),
kept AS (
    SELECT subject, content_hash, min(recorded_on) AS recorded_on FROM intake_known GROUP BY subject, content_hash
),
numbered AS (
    SELECT place, subject, content_hash,
           row_number() OVER (PARTITION BY subject, content_hash ORDER BY place) AS nth
    FROM intake_incoming
)
SELECT place
FROM numbered
LEFT JOIN kept USING (subject, content_hash)
LEFT JOIN holding ON holding.subject = numbered.subject
WHERE nth > 1
   OR (
        kept.recorded_on <= CAST($recorded_on AS DATE)
        AND NOT (
            holding.content_hash <> numbered.content_hash
            AND holding.recorded_on < CAST($recorded_on AS DATE)
            AND NOT holding.in_file
        )
   )
