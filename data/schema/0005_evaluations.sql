-- What was evaluated week by week, also where nothing was raised; what people did about it stands in the ledger.

-- Grain: one evaluation of one class and year at the end of one plan week, in whole-bank view. Append-only: an
-- evaluation made again, because data of that time came later, is a further row, and the newest one holds.
CREATE TABLE stored.evaluations (
    complaint_class VARCHAR NOT NULL,
    year            INTEGER NOT NULL,
    week            INTEGER NOT NULL,
    evaluated_on    DATE NOT NULL,       -- the week's last day: everything is as it was known then
    plan_version    INTEGER NOT NULL,    -- 0: a trial plan
    import_id       BIGINT NOT NULL,     -- the newest import when it was made
    made_at         TIMESTAMP NOT NULL,
    body            JSON NOT NULL,       -- what went in and what came out, see Evaluation.to_json
    demo            BOOLEAN NOT NULL DEFAULT false
);
