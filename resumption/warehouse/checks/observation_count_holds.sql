-- An article version has as many reports as its line says.
-- severity: warning
SELECT v.article_version_id, v.url, v.observation_count, count(o.obs_id) AS reports
FROM article_version AS v
LEFT JOIN obs_report AS o
  ON o.article_version_id = v.article_version_id AND o.extractor_version = v.extractor_version
GROUP BY v.article_version_id, v.url, v.observation_count
HAVING count(o.obs_id) <> v.observation_count
