-- Values are numbers.
-- severity: error
SELECT obs_id, value FROM obs_report WHERE value IS NULL OR value > 1e300 OR value < -1e300 OR value <> value
