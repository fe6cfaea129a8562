-- What was worked out of calls and chats, and the models of risk that were trained on the bank's own tickets.

-- Grain: one turn of a customer as the product scored it. content_hash is the turn's: another text is another score.
CREATE TABLE stored.turn_scores (
    interaction_id VARCHAR NOT NULL,
    turn           INTEGER NOT NULL,
    content_hash   VARCHAR NOT NULL,
    p_negative     DOUBLE NOT NULL,   -- chance that the turn is angry, 0-1
    tendencies     VARCHAR,           -- JSON list of {kind, words}; NULL where there are none
    import_id      BIGINT NOT NULL    -- the import that brought the turn
);

-- Grain: one trained model of the risk of ending not agreed. known_on: nothing later was known to it.
CREATE TABLE stored.risk_models (
    reading  VARCHAR NOT NULL CHECK (reading IN ('first', 'final')),
    known_on DATE NOT NULL,
    made_at  TIMESTAMP NOT NULL,
    decided  BIGINT NOT NULL,         -- tickets with an outcome that were known
    body     VARCHAR NOT NULL,        -- the model as JSON; it holds coefficients and counts, no ticket
    demo     BOOLEAN NOT NULL DEFAULT false
);
