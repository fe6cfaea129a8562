-- Grain: one row: the number of the transaction this statement runs in; the same twice where one is open.
SELECT txid_current() AS transaction
