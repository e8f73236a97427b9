-- The text of the article holds the quote at the stated offsets (where the text may be passed on).
-- severity: error
SELECT o.obs_id, o.quote, o.quote_start FROM obs_report AS o
JOIN article_version AS v ON v.article_version_id = o.article_version_id
WHERE v.text IS NOT NULL
  AND substr(v.text, CAST(o.quote_start + 1 AS integer), CAST(o.quote_end - o.quote_start AS integer)) <> o.quote
