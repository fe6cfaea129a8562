-- Grain: one row: calls and chats of the as-of day (today), of its week from Monday on (week), and of the four weeks
-- before (before). angry_*: calls with at least $angry_turns customer turns of a chance of anger of $angry_turn or more;
-- threat_*: calls with a threat of regulator, media or court; unscored: turns of customers not scored yet; last_at: the
-- last turn heard.
WITH turns AS (
    SELECT interaction_id, happened_at, speaker, p_negative, tendencies
    FROM seen.turns(date_trunc('week', CAST($as_of AS DATE))::DATE - 28, CAST($as_of AS DATE), $branch_scope)
),
calls AS (
    SELECT interaction_id, min(happened_at) AS started_at, max(happened_at) AS last_at,
           count(*) FILTER (WHERE p_negative >= $angry_turn) >= $angry_turns AS angry,
           coalesce(bool_or(regexp_matches(tendencies, '"(regulator|media|court)"')), false) AS threat,
           count(*) FILTER (WHERE speaker = 'customer' AND p_negative IS NULL) AS unscored
    FROM turns
    GROUP BY interaction_id
),
placed AS (
    SELECT *, CASE WHEN started_at >= CAST($as_of AS DATE) THEN 'today'
                   WHEN started_at >= date_trunc('week', CAST($as_of AS DATE)) THEN 'week' ELSE 'before' END AS period
    FROM calls
)
SELECT
    count(*) FILTER (WHERE period = 'today') AS today,
    count(*) FILTER (WHERE period = 'today' AND angry) AS angry_today,
    count(*) FILTER (WHERE period = 'today' AND threat) AS threat_today,
    count(*) FILTER (WHERE period IN ('today', 'week')) AS week,
    count(*) FILTER (WHERE period IN ('today', 'week') AND angry) AS angry_week,
    count(*) FILTER (WHERE period IN ('today', 'week') AND threat) AS threat_week,
    count(*) FILTER (WHERE period = 'before') AS before,
    count(*) FILTER (WHERE period = 'before' AND angry) AS angry_before,
    count(*) FILTER (WHERE period = 'before' AND threat) AS threat_before,
    coalesce(sum(unscored), 0)::BIGINT AS unscored,
    max(last_at) AS last_at
FROM placed;
