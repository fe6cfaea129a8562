-- seen.plan_forecasts(as_of)
-- Grain: one plan version made on or before as_of (or a first version): the forecast frozen with it.
CREATE OR REPLACE MACRO seen.plan_forecasts(as_of) AS TABLE
SELECT forecast.*
FROM stored.plan_forecasts AS forecast
JOIN seen.plans(as_of) AS plan USING (complaint_class, year, version);
