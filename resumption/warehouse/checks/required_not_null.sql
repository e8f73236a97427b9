-- What makes a report usable is never null.
-- severity: error
SELECT obs_id, indicator, number, value, unit, url, quote FROM obs_report
WHERE obs_id IS NULL OR indicator IS NULL OR number IS NULL OR value IS NULL OR unit IS NULL OR url IS NULL
  OR quote IS NULL OR article_version_id IS NULL
