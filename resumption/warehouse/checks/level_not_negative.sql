-- Only a change can be negative.
-- severity: error
SELECT obs_id, value, number FROM obs_report WHERE kind = 'level' AND value < 0
