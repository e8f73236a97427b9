-- Every indicator is in dim_indicator.
-- severity: error
SELECT o.obs_id, o.indicator FROM obs_report AS o
WHERE o.indicator NOT IN (SELECT code FROM dim_indicator) AND EXISTS (SELECT 1 FROM dim_indicator)
