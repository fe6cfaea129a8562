-- Grain: one day of the curve that a plan version was decided with: frozen, so that a later forecast never rewrites a
-- past threshold. share: part of the year's budget that falls on the day by the corrected split; sums to 1.
CREATE TABLE stored.plan_curves (
    complaint_class VARCHAR NOT NULL,
    year            INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    day             DATE NOT NULL,
    share           DOUBLE NOT NULL,
    PRIMARY KEY (complaint_class, year, version, day)
);
