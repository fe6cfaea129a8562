-- Grain: one row of the file with a ticket id of its own.
SELECT place, ticket_id FROM intake_renamed
