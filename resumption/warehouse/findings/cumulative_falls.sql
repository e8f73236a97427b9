-- A count that can only grow is smaller than it was on an earlier day.
SELECT 'cumulative_falls' AS check_name, 'warning' AS severity, obs_id, before_obs_id AS other_obs_id, article_id,
  indicator, region, as_of, concat(CAST(before_value AS varchar), ' -> ', CAST(value AS varchar)) AS detail
FROM (
  SELECT *, lag(value) OVER w AS before_value, lag(obs_id) OVER w AS before_obs_id
  FROM fact_obs
  WHERE indicator IN ('enterprises_resumed', 'projects_resumed', 'enterprises_served', 'enterprises_approved',
      'issues_resolved', 'passes_issued', 'supplies_issued', 'workers_transported')
    AND kind = 'level' AND status = 'actual' AND comparator = 'eq' AND is_current AND NOT optional
    AND as_of IS NOT NULL AND region IS NOT NULL
  WINDOW w AS (PARTITION BY series_key ORDER BY as_of)
) AS told
WHERE value < before_value
