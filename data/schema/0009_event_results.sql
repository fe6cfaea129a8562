-- What a step came to, and who mediated: until now only the words of a step told people.
ALTER TABLE stored.events ADD COLUMN mediator VARCHAR;
ALTER TABLE stored.events ADD COLUMN result VARCHAR;   -- agreed, not_agreed; NULL where the step has none
