-- A share of enterprises, people or projects above 100 percent; capacity and electricity may be.
SELECT 'share_above_100' AS check_name, 'warning' AS severity, obs_id, CAST(NULL AS varchar) AS other_obs_id,
  article_id, indicator, region, as_of, quote AS detail
FROM report
WHERE indicator IN ('resumption_rate', 'worker_return_rate', 'project_resumption_rate')
  AND unit = 'percent' AND kind = 'level' AND (value > 100 OR value < 0) AND is_current
