-- What a plan version was decided with, frozen, so that a later forecast never rewrites a past threshold.

-- Grain: one plan version. Expected complaining customers of the year with their 80% interval.
CREATE TABLE stored.plan_forecasts (
    complaint_class VARCHAR NOT NULL,
    year            INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    method          VARCHAR NOT NULL,   -- name of the forecast
    known_on        DATE NOT NULL,      -- the day whose knowledge it was made from
    history_from    DATE,
    history_through DATE,
    customers       DOUBLE NOT NULL,    -- mean of the year's total
    customers_low   DOUBLE NOT NULL,
    customers_high  DOUBLE NOT NULL,
    dispersion      DOUBLE NOT NULL,    -- of weekly counts around the forecast, 1 = Poisson
    mean_delay      DOUBLE NOT NULL,    -- days from complaint to outcome
    PRIMARY KEY (complaint_class, year, version)
);

-- Grain: one day of one plan version. share: part of the budget that the corrected split puts on the day, sums to 1.
-- customers: expected complaining customers of the day.
CREATE TABLE stored.plan_curves (
    complaint_class VARCHAR NOT NULL,
    year            INTEGER NOT NULL,
    version         INTEGER NOT NULL,
    day             DATE NOT NULL,
    share           DOUBLE NOT NULL,
    customers       DOUBLE NOT NULL,
    PRIMARY KEY (complaint_class, year, version, day)
);
