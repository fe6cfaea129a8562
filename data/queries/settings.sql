-- Grain: one fact the store remembers about itself.
-- access: everyone
SELECT name, value FROM seen.settings() ORDER BY name;
