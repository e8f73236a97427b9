-- Contradictions within an article, flagged at extraction: a rate that does not follow from its counts, parts that do
-- not add up to their sum. Both stay as stated.
SELECT kind_of.check_name, 'warning' AS severity, r.obs_id, CAST(NULL AS varchar) AS other_obs_id, r.article_id,
  r.indicator, r.region, r.as_of, r.quote AS detail
FROM report AS r
JOIN (SELECT 'rate_mismatch' AS check_name UNION ALL SELECT 'parts_mismatch') AS kind_of
  ON concat('|', r.flags, '|') LIKE concat('%|', kind_of.check_name, '|%')
WHERE r.flags LIKE '%mismatch%' AND r.is_current
