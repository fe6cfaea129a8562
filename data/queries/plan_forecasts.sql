-- Grain: one version of one class's plan: the forecast frozen with it.
-- access: everyone
SELECT version, method, known_on, history_from, history_through, customers, customers_low, customers_high, dispersion,
       mean_delay
FROM seen.plan_forecasts(CAST($as_of AS DATE))
WHERE complaint_class = $complaint_class AND year = $year
ORDER BY version;
