-- Moves the days of knowledge of stored versions where the new ones change them.
UPDATE stored.ticket_versions
SET known_on = intake_chain.known_on, superseded_on = intake_chain.superseded_on
FROM intake_chain
WHERE ticket_versions.rowid = intake_chain.version
  AND (ticket_versions.known_on <> intake_chain.known_on
       OR ticket_versions.superseded_on IS DISTINCT FROM intake_chain.superseded_on)
