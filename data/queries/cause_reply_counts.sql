-- Grain: one branch, question and coded position: the replies counted, each customer once for each question.
-- Replies whose position nobody coded are in cause_replies.
SELECT branch_id, question_key, reply_position AS position, count(*) AS replies
FROM seen.cause_tickets(
    CAST($as_of AS DATE), $branch_scope, $complaint_class, CAST($first AS DATE), CAST($last AS DATE), 'replies'
)
WHERE counted AND reply_position IS NOT NULL
GROUP BY ALL
ORDER BY ALL;
