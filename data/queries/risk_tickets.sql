-- Grain: one ticket received from $since on, as it stood at the moment look_at of its handling (see seen.told):
-- where $open those without an outcome on the as-of day, else at most $most of the decided ones, drawn by their number.
-- earlier, earlier_not_agreed: complaints of the customer in the 365 days before, and those known by then to have ended
-- not agreed in the first round. call_worst: highest chance of anger of a turn in the ticket's calls by then, NULL without
-- any. call_threats: turns with a threat of regulator, media or court. outcome, outcome_at: empty where $open.
-- text: raw
WITH told AS (
    SELECT * FROM seen.told(CAST($as_of AS DATE), $branch_scope, $reading, CAST($since AS DATE))
    WHERE (outcome_at IS NULL) = $open AND ($complaint_class IS NULL OR complaint_class = $complaint_class)
    ORDER BY md5(ticket_id || '.')
    LIMIT $most
),
before AS (
    SELECT told.ticket_id, count(*) AS earlier,
           count(*) FILTER (WHERE past.first_outcome = 'not_agreed' AND past.first_outcome_at <= told.look_at)
               AS earlier_not_agreed
    FROM told JOIN seen.tickets(CAST($as_of AS DATE), $branch_scope) AS past
        ON past.customer_id = told.customer_id AND past.received_at < told.received_at
       AND past.received_at >= told.received_at - INTERVAL 365 DAY
    GROUP BY told.ticket_id
),
calls AS (
    SELECT told.ticket_id, max(p_negative) AS call_worst,
           count(*) FILTER (WHERE regexp_matches(tendencies, '"(regulator|media|court)"')) AS call_threats
    FROM told JOIN seen.turns(CAST($since AS DATE), CAST($as_of AS DATE), $branch_scope) AS turns
        ON turns.ticket_id = told.ticket_id AND turns.happened_at <= told.look_at
    GROUP BY told.ticket_id
)
SELECT told.*, coalesce(earlier, 0) AS earlier, coalesce(earlier_not_agreed, 0) AS earlier_not_agreed,
       call_worst, coalesce(call_threats, 0) AS call_threats
FROM told LEFT JOIN before USING (ticket_id) LEFT JOIN calls USING (ticket_id)
ORDER BY ticket_id;
