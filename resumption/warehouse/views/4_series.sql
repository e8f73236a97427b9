-- Ready to plot: current facts whose place and day are known.
SELECT
  series_key, indicator, population_key, population, population_size, population_sector, population_ownership,
  region, region_code, region_level, as_of AS date, value, unit, comparator, kind, status, change_basis,
  n_reports, n_sources, spread, optional, obs_id
FROM fact_obs
WHERE is_current AND as_of IS NOT NULL AND region IS NOT NULL
