DROP TABLE spam_words;
DROP TABLE watched_phrases;
DROP TABLE hold_rules;
DROP TABLE sanctions;
DROP TABLE review_lines;
DROP TABLE flags;
DROP TABLE reviews;
