-- More resumed than there are: in one article, of one population on one day.
SELECT 'part_exceeds_whole' AS check_name, 'warning' AS severity, p.obs_id, t.obs_id AS other_obs_id, p.article_id,
  p.indicator, p.region, p.as_of, concat(p.number, ' / ', t.number) AS detail
FROM report AS p
JOIN report AS t
  ON t.article_version_id = p.article_version_id AND t.population_key = p.population_key
  AND t.region_key = p.region_key AND t.as_of = p.as_of
  AND t.indicator = CASE p.indicator WHEN 'enterprises_resumed' THEN 'enterprises_total'
    WHEN 'workers_returned' THEN 'workers_total' WHEN 'projects_resumed' THEN 'projects_total' END
WHERE p.indicator IN ('enterprises_resumed', 'workers_returned', 'projects_resumed')
  AND t.indicator IN ('enterprises_total', 'workers_total', 'projects_total')
  AND p.kind = 'level' AND t.kind = 'level' AND p.status = 'actual' AND t.status = 'actual'
  AND p.comparator = 'eq' AND t.comparator = 'eq' AND p.unit = t.unit AND p.value > t.value
  AND p.is_current AND t.is_current
