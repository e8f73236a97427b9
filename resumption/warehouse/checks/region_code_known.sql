-- Every region code is in dim_region.
-- severity: warning
SELECT DISTINCT o.region_code, o.region FROM obs_report AS o
WHERE o.region_code IS NOT NULL AND NOT EXISTS (SELECT 1 FROM dim_region AS d WHERE d.code = o.region_code)
