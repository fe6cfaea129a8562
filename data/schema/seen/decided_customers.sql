-- seen.decided_customers(as_of, branch_scope, reading, of_class, first_year, last_year)
-- Grain: one customer of one complaint class and calendar year whose outcome is recorded, standing at the one ticket
-- that decided: the first that ended not agreed, else the first with an outcome. So branches, causes, channels and
-- weeks sum to the class's decided and not-agreed customers, and every number has exactly as many tickets behind it.
-- cause and channel are '' where the ticket gives none.
CREATE OR REPLACE MACRO seen.decided_customers(as_of, branch_scope, reading, of_class, first_year, last_year) AS TABLE
SELECT
    * REPLACE (coalesce(cause, '') AS cause, coalesce(channel, '') AS channel),
    year(outcome_at)::INTEGER AS year,
    outcome = 'not_agreed' AS is_not_agreed
FROM seen.outcomes(as_of, branch_scope, reading)
WHERE complaint_class = of_class
  AND outcome_at >= make_date(first_year, 1, 1)
  AND outcome_at < make_date(last_year + 1, 1, 1)
QUALIFY row_number() OVER (
    PARTITION BY year(outcome_at), customer_id ORDER BY outcome <> 'not_agreed', outcome_at, ticket_id
) = 1;
