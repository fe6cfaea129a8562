-- Grain: one plan version that no forecast has been kept for yet.
-- access: everyone
SELECT complaint_class, year, version, regime, target_fcr, budget, reading, near, over, valid_from, made_at, made_by,
       note, demo
FROM seen.plans(CAST($as_of AS DATE)) AS plan
WHERE NOT EXISTS (
    FROM seen.plan_forecasts(CAST($as_of AS DATE)) AS kept
    WHERE (kept.complaint_class, kept.year, kept.version) = (plan.complaint_class, plan.year, plan.version)
)
ORDER BY year, complaint_class, version;
