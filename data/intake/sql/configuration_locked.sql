-- Grain: one row: whether settings of the store's engine can no longer be changed.
SELECT current_setting('lock_configuration') AS locked
