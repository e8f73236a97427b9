-- The article version of every report is loaded too.
-- severity: warning
SELECT o.obs_id, o.article_version_id FROM obs_report AS o
WHERE NOT EXISTS (SELECT 1 FROM article_version AS v WHERE v.article_version_id = o.article_version_id)
