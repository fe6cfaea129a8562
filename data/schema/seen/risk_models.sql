-- seen.risk_models(as_of)
-- Grain: one model of risk that knew nothing later than as_of.
CREATE OR REPLACE MACRO seen.risk_models(as_of) AS TABLE
SELECT reading, known_on, made_at, decided, body FROM stored.risk_models WHERE known_on <= as_of;
