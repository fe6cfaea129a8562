-- Gives the rows of intake_renamed their own ticket id.
UPDATE intake_incoming SET ticket_id = intake_renamed.ticket_id
FROM intake_renamed WHERE intake_incoming.place = intake_renamed.place
