-- Reports that contradict the chosen value of their fact, one row per contradicting value with its best report.
SELECT
  v.fact_key, chosen.indicator, chosen.unit, chosen.kind, chosen.status, chosen.population, chosen.region, chosen.as_of,
  v.value, v.other_value, v.other_value - v.value AS difference, v.n_reports, v.other_n_reports,
  v.obs_id, v.other_obs_id, chosen.quote, other.quote AS other_quote,
  chosen.url, other.url AS other_url, v.article_id, v.other_article_id
FROM contradiction AS v
JOIN obs_report AS chosen ON chosen.obs_id = v.obs_id
JOIN obs_report AS other ON other.obs_id = v.other_obs_id
