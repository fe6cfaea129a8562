-- Grain: one row of the file, in the file's order: a digest of the text of several columns.
SELECT substr(md5(joined), 1, 20) AS digest FROM joined
