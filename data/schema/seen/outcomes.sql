-- seen.outcomes(as_of, branch_scope, reading)
-- Grain: one ticket; outcome and outcome_at by the reading in use: 'first' (the first round's outcome, the rule)
-- or 'final' (the outcome at closing, the milder reading a plan may choose).
CREATE OR REPLACE MACRO seen.outcomes(as_of, branch_scope, reading) AS TABLE
SELECT
    *,
    CASE reading WHEN 'final' THEN final_outcome ELSE first_outcome END AS outcome,
    CASE reading
        WHEN 'final' THEN CASE WHEN final_outcome IS NOT NULL THEN closed_at END
        ELSE CASE WHEN first_outcome IS NOT NULL THEN first_outcome_at END
    END AS outcome_at
FROM seen.tickets(as_of, branch_scope);
