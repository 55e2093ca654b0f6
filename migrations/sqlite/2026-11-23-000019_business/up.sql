-- What the business case is computed from, where somebody said otherwise than the example to begin with.
CREATE TABLE case_inputs (
    input TEXT NOT NULL PRIMARY KEY,
    low DOUBLE PRECISION NOT NULL,
    base DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    -- Where it comes from: measured, surveyed, assumed, finance.
    grade TEXT NOT NULL,
    -- Who answers for it, and of which day it is.
    owner TEXT NOT NULL,
    day BIGINT NOT NULL,
    changed_by BIGINT REFERENCES accounts (id) ON DELETE SET NULL,
    changed_at BIGINT NOT NULL
);
