-- Grain: one model of risk that knew nothing later than the as-of day, the newest first.
-- access: everyone
SELECT reading, known_on, made_at, decided, body
FROM seen.risk_models(CAST($as_of AS DATE))
WHERE reading = $reading
ORDER BY known_on DESC, made_at DESC
LIMIT 1;
