-- A count that can only grow is smaller than it was on an earlier day. Compared are the chosen values of the facts.
SELECT 'cumulative_falls' AS check_name, 'warning' AS severity, obs_id, before_obs_id AS other_obs_id, article_id,
  indicator, region, as_of, concat(CAST(before_value AS varchar), ' -> ', CAST(value AS varchar)) AS detail
FROM (
  SELECT *, lag(value) OVER w AS before_value, lag(obs_id) OVER w AS before_obs_id
  FROM (
    SELECT obs_id, article_id, indicator, unit, change_key, population_key, region_key, scope, region, as_of, value,
      comparator, optional, row_number() OVER (PARTITION BY fact_key ORDER BY rank_text) AS place
    FROM report
    WHERE indicator IN ('enterprises_resumed', 'projects_resumed', 'enterprises_served', 'enterprises_approved',
        'issues_resolved', 'passes_issued', 'supplies_issued', 'workers_transported')
      AND kind = 'level' AND status = 'actual' AND is_current AND as_of IS NOT NULL
  ) AS ranked
  WHERE place = 1 AND comparator = 'eq' AND NOT optional AND region IS NOT NULL
  WINDOW w AS (PARTITION BY region_key, population_key, indicator, unit, change_key, scope ORDER BY as_of)
) AS told
WHERE value < before_value
