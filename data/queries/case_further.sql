-- Grain: one step of mediation or escalation (an event of the bank's systems) of one class from $from on, oldest first.
-- $events: the names of these steps in files.
-- names: of the ticket
SELECT step.ticket_id, ticket.branch_id, coalesce(known.branch_name, ticket.branch_id) AS branch_name,
       ticket.final_outcome, step.event, step.happened_at, step.party, step.detail, step.mediator, step.result
FROM seen.events(CAST($as_of AS DATE), $branch_scope) AS step
JOIN seen.tickets(CAST($as_of AS DATE), $branch_scope) AS ticket USING (ticket_id)
LEFT JOIN seen.branches(CAST($as_of AS DATE), $branch_scope) AS known ON ticket.branch_id = known.branch_id
WHERE ticket.complaint_class = $complaint_class
  AND step.happened_at >= CAST($from AS DATE)
  AND list_contains($events, step.event)
ORDER BY step.happened_at, step.ticket_id, step.event;
