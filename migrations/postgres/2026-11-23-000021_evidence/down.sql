DROP TABLE champions;
DROP TABLE expertise_denied;
DROP TABLE ring_spans;
