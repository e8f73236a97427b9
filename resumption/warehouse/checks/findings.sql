-- Contradictions within and between articles (table obs_check): they are kept, not mended.
-- severity: warning
SELECT check_name, count(*) AS findings FROM obs_check GROUP BY check_name ORDER BY check_name
