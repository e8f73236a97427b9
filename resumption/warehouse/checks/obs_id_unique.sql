-- Every obs_id stands once.
-- severity: error
SELECT obs_id, count(*) AS times FROM obs_report GROUP BY obs_id HAVING count(*) > 1
