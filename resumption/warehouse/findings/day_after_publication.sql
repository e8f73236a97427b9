-- A fact about a day after the publication: not a plan, so the day was read wrongly or the page is wrong.
SELECT 'day_after_publication' AS check_name, 'warning' AS severity, obs_id, CAST(NULL AS varchar) AS other_obs_id,
  article_id, indicator, region, as_of, concat(CAST(as_of AS varchar), ' > ', CAST(published_at AS varchar)) AS detail
FROM report
WHERE status = 'actual' AND as_of > CAST(published_at AS date) AND is_current
