-- Grain: one class: the share not agreed of its tickets decided in the 365 days up to the as-of day, drawn to the whole
-- bank's as if 20 more tickets had ended like the bank's.
WITH decided AS (
    SELECT complaint_class, outcome = 'not_agreed' AS not_agreed
    FROM seen.outcomes(CAST($as_of AS DATE), $branch_scope, $reading)
    WHERE outcome_at >= CAST($as_of AS DATE) - 365
),
whole AS (SELECT coalesce(avg(not_agreed::DOUBLE), 0.0) AS rate FROM decided)
SELECT complaint_class, (sum(not_agreed::DOUBLE) + 20 * any_value(whole.rate)) / (count(*) + 20) AS rate
FROM decided CROSS JOIN whole
GROUP BY complaint_class
ORDER BY complaint_class;
