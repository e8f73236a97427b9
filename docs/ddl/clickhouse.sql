-- ClickHouse: run in the folder that holds articles/ and observations/: clickhouse local --path feeds --queries-file clickhouse.sql

-- Made by `python -m resumption.warehouse.documents`, do not edit.

CREATE TABLE IF NOT EXISTS articles (
  `schema_version` String,
  `article_id` String,
  `article_version_id` String,
  `portal` Nullable(String),
  `channel` Nullable(String),
  `url` String,
  `canonical_url` Nullable(String),
  `doc_id` Nullable(String),
  `title` Nullable(String),
  `source` Nullable(String),
  `author` Nullable(String),
  `editor` Nullable(String),
  `published_at` Nullable(DateTime('Asia/Shanghai')),
  `published_basis` Nullable(String),
  `region` Nullable(String),
  `region_code` Nullable(String),
  `text` Nullable(String),
  `text_sha256` String,
  `raw_sha256` Nullable(String),
  `raw_ref` Nullable(String),
  `removed_related` Int64,
  `removed_ads` Int64,
  `removed_other` Int64,
  `relevance` Nullable(Float64),
  `duplicate_of` Nullable(String),
  `observation_count` Int64,
  `fetched_at` Nullable(DateTime('Asia/Shanghai')),
  `http_status` Nullable(Int64),
  `layout` Nullable(String),
  `extractor_version` String,
  `supersedes` Nullable(String)
) ENGINE = ReplacingMergeTree ORDER BY article_version_id;

INSERT INTO articles SELECT `schema_version`, `article_id`, `article_version_id`, `portal`, `channel`, `url`, `canonical_url`, `doc_id`, `title`, `source`, `author`, `editor`, `published_at`, `published_basis`, `region`, `region_code`, `text`, `text_sha256`, `raw_sha256`, `raw_ref`, `removed_related`, `removed_ads`, `removed_other`, `relevance`, `duplicate_of`, `observation_count`, `fetched_at`, `http_status`, `layout`, `extractor_version`, `supersedes`
FROM file('articles/*.jsonl', 'JSONEachRow')
SETTINGS date_time_input_format = 'best_effort', input_format_null_as_default = 0;
-- Rows of one article_version_id are merged in the background: query articles FINAL to see each once.

CREATE TABLE IF NOT EXISTS observations (
  `schema_version` String,
  `obs_id` String,
  `article_id` String,
  `article_version_id` String,
  `portal` Nullable(String),
  `channel` Nullable(String),
  `url` String,
  `title` Nullable(String),
  `published_at` Nullable(DateTime('Asia/Shanghai')),
  `fetched_at` Nullable(DateTime('Asia/Shanghai')),
  `indicator` String,
  `number` String,
  `value` Float64,
  `unit` String,
  `comparator` String,
  `kind` String,
  `status` String,
  `change_basis` Nullable(String),
  `population` Nullable(String),
  `population_size` Nullable(String),
  `population_sector` Nullable(String),
  `population_ownership` Nullable(String),
  `region` Nullable(String),
  `region_code` Nullable(String),
  `region_level` Nullable(String),
  `region_basis` Nullable(String),
  `as_of` Nullable(Date32),
  `as_of_text` Nullable(String),
  `as_of_basis` Nullable(String),
  `start` Int64,
  `end` Int64,
  `quote` String,
  `quote_start` Int64,
  `quote_end` Int64,
  `group_id` Nullable(String),
  `flags` Nullable(String),
  `rule` String,
  `extractor_version` String,
  `optional` Bool
) ENGINE = ReplacingMergeTree ORDER BY obs_id;

INSERT INTO observations SELECT `schema_version`, `obs_id`, `article_id`, `article_version_id`, `portal`, `channel`, `url`, `title`, `published_at`, `fetched_at`, `indicator`, `number`, `value`, `unit`, `comparator`, `kind`, `status`, `change_basis`, `population`, `population_size`, `population_sector`, `population_ownership`, `region`, `region_code`, `region_level`, `region_basis`, `as_of`, `as_of_text`, `as_of_basis`, `start`, `end`, `quote`, `quote_start`, `quote_end`, `group_id`, `flags`, `rule`, `extractor_version`, `optional`
FROM file('observations/*.jsonl', 'JSONEachRow')
SETTINGS date_time_input_format = 'best_effort', input_format_null_as_default = 0;
-- Rows of one obs_id are merged in the background: query observations FINAL to see each once.
