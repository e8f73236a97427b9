-- Which article reprints which: one row per reprint, with the first article of the chain.
SELECT article_id, original_id FROM article WHERE original_id <> article_id
