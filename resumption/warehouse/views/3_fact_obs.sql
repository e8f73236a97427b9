-- One row per figure of the world: a series (indicator, unit, kind, status, population, region) and a day.
-- The value is that of the best current report; the others are counted, and nothing is averaged.
SELECT
  md5(f.indicator || '|' || f.unit || '|' || f.kind || '|' || f.status || '|' || f.change_key || '|' || f.population_key
    || '|' || f.region_key || '|' || f.scope || coalesce('|' || CAST(f.as_of AS varchar), '')) AS fact_key,
  md5(f.indicator || '|' || f.unit || '|' || f.kind || '|' || f.status || '|' || f.change_key || '|' || f.population_key
    || '|' || f.region_key || '|' || f.scope) AS series_key,
  f.indicator, f.unit, f.kind, f.status, c.change_basis,
  f.population_key, c.population, c.population_size, c.population_sector, c.population_ownership,
  f.region_key, c.region, c.region_code, c.region_level,
  f.as_of,
  c.value, c.comparator, c.number, c.quote, c.flags, c.optional,
  f.n_reports, f.n_articles, f.n_sources, f.min_value, f.max_value, f.max_value - f.min_value AS spread,
  f.superseded_values, f.is_current,
  f.known_at, c.published_at,
  c.obs_id, c.article_id, c.article_version_id, c.portal, c.channel, c.url, c.title
FROM (
  SELECT
    indicator, unit, kind, status, change_key, population_key, region_key, scope, as_of,
    coalesce(min(rank_text) FILTER (WHERE is_current), min(rank_text)) AS best,
    count(*) FILTER (WHERE is_current) AS n_reports,
    count(DISTINCT original_id) FILTER (WHERE is_current) AS n_articles,
    count(DISTINCT source) FILTER (WHERE is_current) AS n_sources,
    min(value) FILTER (WHERE is_current) AS min_value,
    max(value) FILTER (WHERE is_current) AS max_value,
    string_agg(DISTINCT number, '|') FILTER (WHERE NOT is_current) AS superseded_values,
    bool_or(is_current) AS is_current,
    min(known_since) AS known_at
  FROM report
  GROUP BY indicator, unit, kind, status, change_key, population_key, region_key, scope, as_of
) AS f
-- The indicator says nothing new here: it lets a filter on it reach this side of the join too.
JOIN obs_report AS c ON c.obs_id = substr(f.best, 17) AND c.indicator = f.indicator
