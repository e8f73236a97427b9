-- BigQuery: put the feeds into a bucket and its name below. Not run by the tests of this project.

-- Made by `python -m resumption.warehouse.documents`, do not edit.

CREATE TABLE IF NOT EXISTS articles (
  `schema_version` STRING NOT NULL,
  `article_id` STRING NOT NULL,
  `article_version_id` STRING NOT NULL,
  `portal` STRING,
  `channel` STRING,
  `url` STRING NOT NULL,
  `canonical_url` STRING,
  `doc_id` STRING,
  `title` STRING,
  `source` STRING,
  `author` STRING,
  `editor` STRING,
  `published_at` TIMESTAMP,
  `published_basis` STRING,
  `region` STRING,
  `region_code` STRING,
  `text` STRING,
  `text_sha256` STRING NOT NULL,
  `raw_sha256` STRING,
  `raw_ref` STRING,
  `removed_related` INT64 NOT NULL,
  `removed_ads` INT64 NOT NULL,
  `removed_other` INT64 NOT NULL,
  `relevance` FLOAT64,
  `duplicate_of` STRING,
  `observation_count` INT64 NOT NULL,
  `fetched_at` TIMESTAMP,
  `http_status` INT64,
  `layout` STRING,
  `extractor_version` STRING NOT NULL,
  `supersedes` STRING
);

LOAD DATA INTO articles
FROM FILES (format = 'NEWLINE_DELIMITED_JSON', uris = ['gs://BUCKET/articles/*.jsonl']);

CREATE TABLE IF NOT EXISTS observations (
  `schema_version` STRING NOT NULL,
  `obs_id` STRING NOT NULL,
  `article_id` STRING NOT NULL,
  `article_version_id` STRING NOT NULL,
  `portal` STRING,
  `channel` STRING,
  `url` STRING NOT NULL,
  `title` STRING,
  `published_at` TIMESTAMP,
  `fetched_at` TIMESTAMP,
  `indicator` STRING NOT NULL,
  `number` STRING NOT NULL,
  `value` FLOAT64 NOT NULL,
  `unit` STRING NOT NULL,
  `comparator` STRING NOT NULL,
  `kind` STRING NOT NULL,
  `status` STRING NOT NULL,
  `change_basis` STRING,
  `population` STRING,
  `population_size` STRING,
  `population_sector` STRING,
  `population_ownership` STRING,
  `region` STRING,
  `region_code` STRING,
  `region_level` STRING,
  `region_basis` STRING,
  `as_of` DATE,
  `as_of_text` STRING,
  `as_of_basis` STRING,
  `start` INT64 NOT NULL,
  `end` INT64 NOT NULL,
  `quote` STRING NOT NULL,
  `quote_start` INT64 NOT NULL,
  `quote_end` INT64 NOT NULL,
  `group_id` STRING,
  `flags` STRING,
  `rule` STRING NOT NULL,
  `extractor_version` STRING NOT NULL,
  `optional` BOOL NOT NULL
);

LOAD DATA INTO observations
FROM FILES (format = 'NEWLINE_DELIMITED_JSON', uris = ['gs://BUCKET/observations/*.jsonl']);
