-- What people enter: the day it belongs to, the branch that may see it, and a token that makes a retry harmless.
ALTER TABLE stored.ledger ADD COLUMN on_day DATE;        -- the as-of day it was entered on; entered_at is the clock
ALTER TABLE stored.ledger ADD COLUMN branch_id VARCHAR;  -- the branch concerned, NULL for the whole bank
ALTER TABLE stored.ledger ADD COLUMN token VARCHAR;      -- the writer's own mark of one wish to write
UPDATE stored.ledger SET on_day = CAST(entered_at AS DATE);
