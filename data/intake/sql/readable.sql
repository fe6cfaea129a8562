-- Grain: one row: the share of the filled texts that read as a column type; NULL where none is filled.
-- `reader` stands for the macro of values.sql that reads the type.
SELECT count(reader(given_text)) / nullif(count(given_text), 0) AS share
FROM unnest($texts) AS given(given_text)
