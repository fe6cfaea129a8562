-- Grain: what one person has typed into one form and not entered yet, so that a lost connection loses nothing.
CREATE TABLE stored.drafts (
    who      VARCHAR NOT NULL,
    form     VARCHAR NOT NULL,
    content  JSON NOT NULL,      -- field → text
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (who, form)
);
