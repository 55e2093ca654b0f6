DELETE FROM figures WHERE series = 'history';
DROP INDEX events_brought_in;
DROP TABLE histories;
