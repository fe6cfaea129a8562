-- Grain: one row: the day on which watching began before this import (NULL: this is the first), and with it.
-- Demo and real tickets are watched apart.
SELECT min(recorded_on) AS before_this, least(min(recorded_on), CAST($recorded_on AS DATE)) AS with_this
FROM stored.imports
WHERE kind = 'tickets' AND demo = $demo
