-- fact_obs has one row per fact.
-- severity: error
SELECT fact_key, count(*) AS times FROM fact_obs GROUP BY fact_key HAVING count(*) > 1
