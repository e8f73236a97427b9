-- Pairs of reports that contradict each other, without their words: the chosen one of a fact, and the best one of each
-- value that it does not agree with. Optional figures do not contradict.
-- 超80% and 85.2% agree; 88% and 88.3% agree, as rounding; so do 2.8万 and 28380.
SELECT fact_key, indicator, region, as_of, chosen_value AS value, value AS other_value,
  chosen_n_reports AS n_reports, n_reports AS other_n_reports, chosen_obs_id AS obs_id, obs_id AS other_obs_id,
  chosen_article_id AS article_id, article_id AS other_article_id
FROM (
  SELECT fact_key, indicator, as_of, value, low, high, n_reports, obs_id, article_id,
    first_value(value) OVER w AS chosen_value, first_value(low) OVER w AS chosen_low,
    first_value(high) OVER w AS chosen_high, first_value(n_reports) OVER w AS chosen_n_reports,
    first_value(obs_id) OVER w AS chosen_obs_id, first_value(article_id) OVER w AS chosen_article_id,
    first_value(region) OVER w AS region
  FROM (
    SELECT *,
      CASE WHEN comparator IN ('lt', 'le') THEN -1e300 WHEN comparator = 'approx' THEN value - abs(value) * 0.1
        ELSE value - rounding END AS low,
      CASE WHEN comparator IN ('gt', 'ge') THEN 1e300 WHEN comparator = 'approx' THEN value + abs(value) * 0.1
        ELSE value + rounding END AS high
    FROM (
      SELECT fact_key, indicator, region, as_of, value, comparator, rank_text, obs_id, article_id,
        row_number() OVER (PARTITION BY fact_key, value, comparator ORDER BY rank_text) AS place,
        count(*) OVER same AS n_reports,
        CASE
          WHEN unit IN ('percent', 'percentage_point') THEN
            CASE WHEN value = round(value) THEN 0.5 WHEN value * 10 = round(value * 10) THEN 0.05 ELSE 0.005 END
          WHEN bool_or(number LIKE '%万%' OR number LIKE '%亿%') OVER same THEN abs(value) * 0.02
          ELSE 0
        END AS rounding
      FROM report
      WHERE is_current AND NOT optional AND fact_key IN (
        -- Few facts are told with more than one value; equal values always agree.
        SELECT fact_key FROM report WHERE is_current AND NOT optional GROUP BY fact_key HAVING min(value) < max(value)
      )
      WINDOW same AS (PARTITION BY fact_key, value, comparator)
    ) AS stated
    WHERE place = 1
  ) AS bounded
  WINDOW w AS (PARTITION BY fact_key ORDER BY rank_text)
) AS compared
WHERE (low > chosen_high OR high < chosen_low)
  -- Two values in one article are two figures that our keys do not tell apart (as 其中 ...), not a contradiction.
  AND article_id <> chosen_article_id
