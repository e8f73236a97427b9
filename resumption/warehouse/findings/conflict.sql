-- Two reports of one fact that cannot both be true.
SELECT 'conflict' AS check_name, 'warning' AS severity, obs_id, other_obs_id, article_id, indicator, region, as_of,
  concat(CAST(value AS varchar), ' / ', CAST(other_value AS varchar)) AS detail
FROM contradiction
