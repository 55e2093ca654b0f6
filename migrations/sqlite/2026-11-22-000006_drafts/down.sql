DROP TABLE topic_drafts;
DROP TABLE reply_drafts;
