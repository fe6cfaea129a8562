-- What people were typing when a connection was lost: kept until it is entered or thrown away.
-- Grain: one form of one person.
CREATE TABLE stored.drafts (
    form     VARCHAR NOT NULL,   -- which form about what, e.g. case:T1
    who      VARCHAR NOT NULL,
    body     JSON NOT NULL,      -- field → plain value
    saved_at TIMESTAMP NOT NULL,
    PRIMARY KEY (form, who)
);
