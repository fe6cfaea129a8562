-- Grain: one row: the class's most frequent business type (JR/T 0169-2018), NULL where the tickets tell none.
SELECT mode(business_type) AS business_type
FROM seen.tickets(CAST($as_of AS DATE), $branch_scope)
WHERE complaint_class = $complaint_class
  AND received_at >= CAST($first AS DATE) AND received_at < CAST($last AS DATE) + 1;
