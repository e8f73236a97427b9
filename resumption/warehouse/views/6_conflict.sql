-- Reports that contradict the chosen value of their fact, one row per contradicting value with its best report.
-- 超80% and 85.2% agree; 88% and 88.3% agree, as rounding; so do 2.8万 and 28380. Optional figures do not contradict.
SELECT
  v.fact_key, chosen.indicator, chosen.unit, chosen.kind, chosen.status, chosen.population, chosen.region, chosen.as_of,
  v.chosen_value AS value, v.value AS other_value, v.value - v.chosen_value AS difference,
  v.chosen_n_reports AS n_reports, v.n_reports AS other_n_reports,
  chosen.obs_id, other.obs_id AS other_obs_id, chosen.quote, other.quote AS other_quote,
  chosen.url, other.url AS other_url, chosen.article_id, other.article_id AS other_article_id
FROM (
  SELECT *,
    first_value(value) OVER w AS chosen_value, first_value(low) OVER w AS chosen_low,
    first_value(high) OVER w AS chosen_high, first_value(best) OVER w AS chosen_best,
    first_value(n_reports) OVER w AS chosen_n_reports
  FROM (
    SELECT *,
      CASE WHEN comparator IN ('lt', 'le') THEN -1e300 WHEN comparator = 'approx' THEN value - abs(value) * 0.1
        ELSE value - rounding END AS low,
      CASE WHEN comparator IN ('gt', 'ge') THEN 1e300 WHEN comparator = 'approx' THEN value + abs(value) * 0.1
        ELSE value + rounding END AS high
    FROM (
      SELECT
        fact_key, value, comparator, min(rank_text) AS best, count(*) AS n_reports,
        CASE
          WHEN bool_or(unit IN ('percent', 'percentage_point')) THEN
            CASE WHEN value = round(value) THEN 0.5 WHEN value * 10 = round(value * 10) THEN 0.05 ELSE 0.005 END
          WHEN bool_or(number LIKE '%万%' OR number LIKE '%亿%') THEN abs(value) * 0.02
          ELSE 0
        END AS rounding
      FROM report
      WHERE is_current AND NOT optional
      GROUP BY fact_key, value, comparator
    ) AS stated
  ) AS bounded
  WINDOW w AS (PARTITION BY fact_key ORDER BY best)
) AS v
JOIN obs_report AS chosen ON chosen.obs_id = substr(v.chosen_best, 17)
JOIN obs_report AS other ON other.obs_id = substr(v.best, 17)
WHERE (v.low > v.chosen_high OR v.high < v.chosen_low)
  -- Two values in one article are two figures that our keys do not tell apart (as 其中 ...), not a contradiction.
  AND chosen.article_id <> other.article_id
