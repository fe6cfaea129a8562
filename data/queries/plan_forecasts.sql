-- Grain: one version of one class's plan of the year: the forecast frozen with it.
-- access: everyone
SELECT complaint_class, version, method, known_on, history_from, history_through, customers, customers_low, customers_high, dispersion,
       mean_delay
FROM seen.plan_forecasts(CAST($as_of AS DATE))
WHERE year = $year
ORDER BY complaint_class, version;
