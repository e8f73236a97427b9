-- What was known when: every report of every fact with the time from which and until which it stood.
-- On day T a fact has the value of the row with known_from <= T and (known_to is null or known_to > T)
-- that has the smallest rank_text.
SELECT
  fact_key, indicator, unit, kind, status, population_key, population, region_key, region, region_code, region_level,
  as_of, value, comparator, number, published_at, known_from, known_to,
  CASE
    WHEN before_value IS NULL THEN 'new'
    WHEN before_value = value THEN 'repeat'
    WHEN before_article = original_id THEN 'correction'
    ELSE 'update'
  END AS entry_type,
  rank_text, quote, obs_id, article_id, article_version_id, url
FROM (
  SELECT
    r.*, r.known_since AS known_from, n.known_to,
    lag(r.value) OVER w AS before_value,
    lag(r.original_id) OVER w AS before_article
  FROM report AS r
  LEFT JOIN (
    SELECT article_version_id, lead(known_at) OVER (PARTITION BY article_id ORDER BY known_at, article_version_id) AS known_to
    FROM article_version
  ) AS n ON n.article_version_id = r.article_version_id
  WINDOW w AS (
    PARTITION BY r.fact_key
    ORDER BY r.known_since, r.published_at, r.obs_id
  )
) AS told
