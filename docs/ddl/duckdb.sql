-- DuckDB: run in the folder that holds articles/ and observations/: duckdb feeds.duckdb < duckdb.sql

-- Made by `python -m resumption.warehouse.documents`, do not edit.

CREATE TABLE IF NOT EXISTS articles (
  "schema_version" VARCHAR NOT NULL,
  "article_id" VARCHAR NOT NULL,
  "article_version_id" VARCHAR NOT NULL,
  "portal" VARCHAR,
  "channel" VARCHAR,
  "url" VARCHAR NOT NULL,
  "canonical_url" VARCHAR,
  "doc_id" VARCHAR,
  "title" VARCHAR,
  "source" VARCHAR,
  "author" VARCHAR,
  "editor" VARCHAR,
  "published_at" TIMESTAMPTZ,
  "published_basis" VARCHAR,
  "region" VARCHAR,
  "region_code" VARCHAR,
  "text" VARCHAR,
  "text_sha256" VARCHAR NOT NULL,
  "raw_sha256" VARCHAR,
  "raw_ref" VARCHAR,
  "removed_related" BIGINT NOT NULL,
  "removed_ads" BIGINT NOT NULL,
  "removed_other" BIGINT NOT NULL,
  "relevance" DOUBLE,
  "duplicate_of" VARCHAR,
  "observation_count" BIGINT NOT NULL,
  "fetched_at" TIMESTAMPTZ,
  "http_status" BIGINT,
  "layout" VARCHAR,
  "extractor_version" VARCHAR NOT NULL,
  "supersedes" VARCHAR,
  PRIMARY KEY ("article_version_id")
);

INSERT OR REPLACE INTO articles
SELECT * FROM read_json('articles/**/*.jsonl', format = 'newline_delimited', columns = {'schema_version': 'VARCHAR', 'article_id': 'VARCHAR', 'article_version_id': 'VARCHAR', 'portal': 'VARCHAR', 'channel': 'VARCHAR', 'url': 'VARCHAR', 'canonical_url': 'VARCHAR', 'doc_id': 'VARCHAR', 'title': 'VARCHAR', 'source': 'VARCHAR', 'author': 'VARCHAR', 'editor': 'VARCHAR', 'published_at': 'TIMESTAMPTZ', 'published_basis': 'VARCHAR', 'region': 'VARCHAR', 'region_code': 'VARCHAR', 'text': 'VARCHAR', 'text_sha256': 'VARCHAR', 'raw_sha256': 'VARCHAR', 'raw_ref': 'VARCHAR', 'removed_related': 'BIGINT', 'removed_ads': 'BIGINT', 'removed_other': 'BIGINT', 'relevance': 'DOUBLE', 'duplicate_of': 'VARCHAR', 'observation_count': 'BIGINT', 'fetched_at': 'TIMESTAMPTZ', 'http_status': 'BIGINT', 'layout': 'VARCHAR', 'extractor_version': 'VARCHAR', 'supersedes': 'VARCHAR'});

CREATE TABLE IF NOT EXISTS observations (
  "schema_version" VARCHAR NOT NULL,
  "obs_id" VARCHAR NOT NULL,
  "article_id" VARCHAR NOT NULL,
  "article_version_id" VARCHAR NOT NULL,
  "portal" VARCHAR,
  "channel" VARCHAR,
  "url" VARCHAR NOT NULL,
  "title" VARCHAR,
  "published_at" TIMESTAMPTZ,
  "fetched_at" TIMESTAMPTZ,
  "indicator" VARCHAR NOT NULL,
  "number" VARCHAR NOT NULL,
  "value" DOUBLE NOT NULL,
  "unit" VARCHAR NOT NULL,
  "comparator" VARCHAR NOT NULL,
  "kind" VARCHAR NOT NULL,
  "status" VARCHAR NOT NULL,
  "change_basis" VARCHAR,
  "population" VARCHAR,
  "population_size" VARCHAR,
  "population_sector" VARCHAR,
  "population_ownership" VARCHAR,
  "region" VARCHAR,
  "region_code" VARCHAR,
  "region_level" VARCHAR,
  "region_basis" VARCHAR,
  "as_of" DATE,
  "as_of_text" VARCHAR,
  "as_of_basis" VARCHAR,
  "start" BIGINT NOT NULL,
  "end" BIGINT NOT NULL,
  "quote" VARCHAR NOT NULL,
  "quote_start" BIGINT NOT NULL,
  "quote_end" BIGINT NOT NULL,
  "group_id" VARCHAR,
  "flags" VARCHAR,
  "rule" VARCHAR NOT NULL,
  "extractor_version" VARCHAR NOT NULL,
  "optional" BOOLEAN NOT NULL,
  PRIMARY KEY ("obs_id")
);

INSERT OR REPLACE INTO observations
SELECT * FROM read_json('observations/**/*.jsonl', format = 'newline_delimited', columns = {'schema_version': 'VARCHAR', 'obs_id': 'VARCHAR', 'article_id': 'VARCHAR', 'article_version_id': 'VARCHAR', 'portal': 'VARCHAR', 'channel': 'VARCHAR', 'url': 'VARCHAR', 'title': 'VARCHAR', 'published_at': 'TIMESTAMPTZ', 'fetched_at': 'TIMESTAMPTZ', 'indicator': 'VARCHAR', 'number': 'VARCHAR', 'value': 'DOUBLE', 'unit': 'VARCHAR', 'comparator': 'VARCHAR', 'kind': 'VARCHAR', 'status': 'VARCHAR', 'change_basis': 'VARCHAR', 'population': 'VARCHAR', 'population_size': 'VARCHAR', 'population_sector': 'VARCHAR', 'population_ownership': 'VARCHAR', 'region': 'VARCHAR', 'region_code': 'VARCHAR', 'region_level': 'VARCHAR', 'region_basis': 'VARCHAR', 'as_of': 'DATE', 'as_of_text': 'VARCHAR', 'as_of_basis': 'VARCHAR', 'start': 'BIGINT', 'end': 'BIGINT', 'quote': 'VARCHAR', 'quote_start': 'BIGINT', 'quote_end': 'BIGINT', 'group_id': 'VARCHAR', 'flags': 'VARCHAR', 'rule': 'VARCHAR', 'extractor_version': 'VARCHAR', 'optional': 'BOOLEAN'});
