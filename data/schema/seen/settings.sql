-- seen.settings()
-- Grain: one fact the store remembers about itself.
CREATE OR REPLACE MACRO seen.settings() AS TABLE
SELECT name, value FROM stored.settings;
