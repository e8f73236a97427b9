-- Populations that are reported about, each with the words most of its reports use.
SELECT population_key, population_size, population_sector, population_ownership,
  population AS label, wordings, reports
FROM (
  SELECT population_key, population_size, population_sector, population_ownership, population,
    sum(count(*)) OVER (PARTITION BY population_key) AS reports,
    count(*) OVER (PARTITION BY population_key) AS wordings,
    row_number() OVER (PARTITION BY population_key ORDER BY count(*) DESC, population) AS place
  FROM report
  GROUP BY population_key, population_size, population_sector, population_ownership, population
) AS counted
WHERE place = 1
