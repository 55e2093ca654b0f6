DROP TABLE tag_synonyms;
ALTER TABLE tags DROP COLUMN description;
