-- Numbers that an operator sets and figures are counted by: every version of them, and since when it holds.
CREATE TABLE rules (
    part TEXT NOT NULL,
    version BIGINT NOT NULL,
    since BIGINT NOT NULL,
    numbers TEXT NOT NULL,
    PRIMARY KEY (part, version)
);
