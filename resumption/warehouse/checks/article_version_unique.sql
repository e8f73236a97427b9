-- Every article version stands once.
-- severity: error
SELECT article_version_id, count(*) AS times FROM article_version GROUP BY article_version_id HAVING count(*) > 1
