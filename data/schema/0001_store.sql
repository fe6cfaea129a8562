-- The store's base tables. Readers never name these: they go through the macros of schema `seen`
-- (schema/seen/*.sql), which apply the as-of day and the reader's scope.
CREATE SCHEMA stored;

-- Grain: one import of one file. recorded_on is the day on which the file said what it says.
CREATE TABLE stored.imports (
    import_id    BIGINT PRIMARY KEY,
    kind         VARCHAR NOT NULL,   -- tickets, events, branches, balances, interactions
    file_name    VARCHAR NOT NULL,
    sha256       VARCHAR NOT NULL,
    mapping      VARCHAR,
    encoding     VARCHAR,
    started_at   TIMESTAMP NOT NULL,
    finished_at  TIMESTAMP NOT NULL,
    recorded_on  DATE NOT NULL,
    rows_read    BIGINT NOT NULL,    -- = accepted + unchanged + set_aside
    accepted     BIGINT NOT NULL,
    unchanged    BIGINT NOT NULL,
    set_aside    BIGINT NOT NULL,
    demo         BOOLEAN NOT NULL DEFAULT false,
    notes        JSON                -- list of messages: assumptions made while reading
);

-- Grain: one version of one ticket. Visible on day D when known_on <= D and (superseded_on is null or > D).
CREATE TABLE stored.ticket_versions (
    ticket_id          VARCHAR NOT NULL,
    customer_id        VARCHAR NOT NULL,
    received_at        TIMESTAMP NOT NULL,
    complaint_class    VARCHAR NOT NULL,
    product            VARCHAR,
    business_type      VARCHAR,      -- JR/T 0169-2018 business type
    channel            VARCHAR,
    branch_id          VARCHAR NOT NULL,
    department         VARCHAR,
    cause              VARCHAR,
    industry_cause     VARCHAR,      -- JR/T 0169-2018 cause
    demand             VARCHAR,
    amount             DOUBLE,       -- yuan
    dispatched_at      TIMESTAMP,
    first_contact_at   TIMESTAMP,
    first_reply_at     TIMESTAMP,
    first_outcome      VARCHAR CHECK (first_outcome IN ('agreed', 'not_agreed')),
    first_outcome_at   TIMESTAMP,
    rounds             INTEGER,
    final_outcome      VARCHAR CHECK (final_outcome IN ('agreed', 'not_agreed')),
    closed_at          TIMESTAMP,
    question_key       VARCHAR,
    reply_position     VARCHAR,
    reply_text         VARCHAR,
    approval_requested VARCHAR,
    approval_granted   BOOLEAN,
    narrative          VARCHAR,
    updated_at         TIMESTAMP,    -- when the source system last changed the row, where it says so
    import_id          BIGINT NOT NULL,
    recorded_on        DATE NOT NULL,
    status_at          TIMESTAMP NOT NULL,  -- updated_at, else the latest dated column
    status_columns     TINYINT NOT NULL,    -- how many status columns are filled: orders equal times
    content_hash       VARCHAR NOT NULL,    -- of the ticket columns, stable across versions of the engine
    known_on           DATE NOT NULL,
    superseded_on      DATE
);

-- Grain: one step of one ticket that is not itself a ticket column (meeting, mediation, escalation, a later round).
CREATE TABLE stored.events (
    ticket_id    VARCHAR NOT NULL,
    event        VARCHAR NOT NULL,
    happened_at  TIMESTAMP NOT NULL,
    party        VARCHAR,
    detail       VARCHAR,
    import_id    BIGINT NOT NULL,
    recorded_on  DATE NOT NULL,
    content_hash VARCHAR NOT NULL
);

-- Grain: one branch, one version. The latest recorded_on up to the as-of day holds.
CREATE TABLE stored.branches (
    branch_id          VARCHAR NOT NULL,
    branch_name        VARCHAR NOT NULL,
    region             VARCHAR,
    outlets            INTEGER,
    personal_customers BIGINT,
    import_id          BIGINT NOT NULL,
    recorded_on        DATE NOT NULL,
    content_hash       VARCHAR NOT NULL
);

-- Grain: one branch, one month (its first day), one version. Loan balance at the month's end in yuan.
CREATE TABLE stored.branch_balances (
    branch_id    VARCHAR NOT NULL,
    month        DATE NOT NULL,
    loan_balance DOUBLE NOT NULL,
    import_id    BIGINT NOT NULL,
    recorded_on  DATE NOT NULL,
    content_hash VARCHAR NOT NULL
);

-- Grain: one turn of one call or chat.
CREATE TABLE stored.interactions (
    interaction_id VARCHAR NOT NULL,
    turn           INTEGER NOT NULL,
    happened_at    TIMESTAMP NOT NULL,
    medium         VARCHAR NOT NULL CHECK (medium IN ('call', 'chat')),
    speaker        VARCHAR NOT NULL CHECK (speaker IN ('customer', 'agent')),
    text           VARCHAR NOT NULL,
    customer_id    VARCHAR,
    branch_id      VARCHAR,
    product        VARCHAR,
    ticket_id      VARCHAR,
    import_id      BIGINT NOT NULL,
    recorded_on    DATE NOT NULL,
    content_hash   VARCHAR NOT NULL
);

-- Grain: one version of the plan of one class and year; never edited in place. valid_from: the day it takes effect.
CREATE TABLE stored.plans (
    complaint_class VARCHAR NOT NULL,
    year            INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    regime          VARCHAR NOT NULL CHECK (regime IN ('weekly_threshold', 'case_by_case')),
    target_fcr      DOUBLE,
    budget          INTEGER NOT NULL CHECK (budget >= 0),
    reading         VARCHAR NOT NULL CHECK (reading IN ('first', 'final')),
    near            DOUBLE NOT NULL,
    over            DOUBLE NOT NULL,
    valid_from      DATE NOT NULL,
    made_at         TIMESTAMP NOT NULL,
    made_by         VARCHAR NOT NULL,
    note            VARCHAR,
    demo            BOOLEAN NOT NULL DEFAULT false,
    PRIMARY KEY (complaint_class, year, version)
);

-- Grain: one entry of what people did or decided. Append-only: a correction is a further entry that names the first.
CREATE TABLE stored.ledger (
    entry_id BIGINT PRIMARY KEY,
    entered_at TIMESTAMP NOT NULL,
    who      VARCHAR NOT NULL,
    kind     VARCHAR NOT NULL,
    subject  VARCHAR NOT NULL,
    body     JSON NOT NULL,
    corrects BIGINT,
    demo     BOOLEAN NOT NULL DEFAULT false
);

-- Grain: one row of one file that did not pass, as it stood, with every reason.
CREATE TABLE stored.set_aside (
    import_id  BIGINT NOT NULL,
    row_number BIGINT NOT NULL,
    raw        JSON NOT NULL,        -- column → text
    reasons    JSON NOT NULL         -- list of messages
);

-- Grain: one fact the store remembers about itself.
CREATE TABLE stored.settings (
    name  VARCHAR PRIMARY KEY,
    value VARCHAR NOT NULL
);
