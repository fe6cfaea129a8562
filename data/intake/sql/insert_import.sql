-- Grain: the one import that has just been made.
INSERT INTO stored.imports BY NAME
SELECT $import_id AS import_id, $kind AS kind, $file_name AS file_name, $sha256 AS sha256, $mapping AS mapping,
       $encoding AS encoding, CAST($started_at AS TIMESTAMP) AS started_at, CAST($finished_at AS TIMESTAMP) AS finished_at,
       CAST($recorded_on AS DATE) AS recorded_on, $rows_read AS rows_read, $accepted AS accepted,
       $unchanged AS unchanged, $set_aside AS set_aside, $demo AS demo, CAST($notes AS JSON) AS notes
