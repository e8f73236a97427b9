-- Every report (one number as one article version states it) with the keys that facts are made of.
-- is_current: the latest version of its article still says it and the latest reading of that version still finds it.
-- Texts are put together with ||, which is several times faster than concat.
SELECT keyed.*,
  md5(indicator || '|' || unit || '|' || kind || '|' || status || '|' || change_key || '|' || population_key || '|'
    || region_key || '|' || scope || coalesce('|' || CAST(as_of AS varchar), '')) AS fact_key
FROM (
SELECT
  o.*,
  coalesce(o.change_basis, '') AS change_key,
  coalesce(a.original_id, o.article_id) AS original_id,
  coalesce(a.original_id <> a.article_id, FALSE) AS is_reprint,
  coalesce(a.original_source, o.portal, o.article_id) AS source,
  coalesce(a.latest_version_id = o.article_version_id, TRUE) AND CASE
    WHEN a.extractor_version IS NULL OR a.extractor_version = o.extractor_version THEN TRUE
    ELSE
      concat(lpad(split_part(o.extractor_version, '.', 1), 6, '0'), lpad(split_part(o.extractor_version, '.', 2), 6, '0'),
        lpad(split_part(o.extractor_version, '.', 3), 6, '0'))
      > concat(lpad(split_part(a.extractor_version, '.', 1), 6, '0'), lpad(split_part(a.extractor_version, '.', 2), 6, '0'),
        lpad(split_part(a.extractor_version, '.', 3), 6, '0'))
  END AS is_current,
  coalesce(o.known_at, o.published_at) AS known_since,
  -- Population: the canonical codes; as written where there are none (a single company by its name).
  CASE
    WHEN o.population_size IS NULL AND o.population_sector IS NULL AND o.population_ownership IS NULL
      THEN coalesce(o.population, '')
    ELSE coalesce(o.population_size, '*') || '/' || coalesce(o.population_sector, '*') || '/'
      || coalesce(o.population_ownership, '*')
  END AS population_key,
  -- Region: the code; with the name for development zones and towns, which have the code of their parent.
  CASE
    WHEN o.region_code IS NULL THEN coalesce(o.region, '')
    WHEN o.region_level IN ('zone', 'town') THEN o.region_code || ' ' || coalesce(o.region, '')
    ELSE o.region_code
  END AS region_key,
  -- A figure whose place or day is unknown is comparable with nothing outside its own article.
  CASE
    WHEN o.as_of IS NULL OR (o.region IS NULL AND o.region_code IS NULL) THEN coalesce(a.original_id, o.article_id)
    ELSE ''
  END AS scope,
  -- How good a statement of its fact a report is: smaller is better. The rule is explained in docs/warehouse.md.
  (
    CASE WHEN o.optional THEN '1' ELSE '0' END
    || CASE WHEN o.flags LIKE '%mismatch%' OR o.flags LIKE '%ambiguous%' THEN '1' ELSE '0' END
    || CASE o.comparator WHEN 'eq' THEN '0' ELSE '1' END
    || CASE o.as_of_basis WHEN 'stated' THEN '0' WHEN 'inherited' THEN '1' ELSE '2' END
    || CASE o.region_basis WHEN 'stated' THEN '0' WHEN 'inherited' THEN '1' WHEN 'title' THEN '2' ELSE '3' END
    -- later publication first: seconds counted back from the year 2286, always ten digits
    || CAST(9999999999 - CAST(coalesce(date_part('epoch', o.published_at), 0) AS bigint) AS varchar)
    || CASE WHEN a.original_id <> a.article_id THEN '1' ELSE '0' END
    || o.obs_id
  ) AS rank_text
FROM obs_report AS o
LEFT JOIN article AS a ON a.article_id = o.article_id
) AS keyed
