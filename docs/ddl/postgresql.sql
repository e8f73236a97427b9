-- PostgreSQL: run in the folder that holds articles/ and observations/: psql -f postgresql.sql

-- Made by `python -m resumption.warehouse.documents`, do not edit.

CREATE TABLE IF NOT EXISTS articles (
  "schema_version" text NOT NULL,
  "article_id" text NOT NULL,
  "article_version_id" text NOT NULL,
  "portal" text,
  "channel" text,
  "url" text NOT NULL,
  "canonical_url" text,
  "doc_id" text,
  "title" text,
  "source" text,
  "author" text,
  "editor" text,
  "published_at" timestamptz,
  "published_basis" text,
  "region" text,
  "region_code" text,
  "text" text,
  "text_sha256" text NOT NULL,
  "raw_sha256" text,
  "raw_ref" text,
  "removed_related" bigint NOT NULL,
  "removed_ads" bigint NOT NULL,
  "removed_other" bigint NOT NULL,
  "relevance" double precision,
  "duplicate_of" text,
  "observation_count" bigint NOT NULL,
  "fetched_at" timestamptz,
  "http_status" bigint,
  "layout" text,
  "extractor_version" text NOT NULL,
  "supersedes" text,
  PRIMARY KEY ("article_version_id")
);

BEGIN;
CREATE TEMPORARY TABLE lines (line text) ON COMMIT DROP;
\copy lines FROM PROGRAM 'find articles -name "*.jsonl" | sort | xargs cat' (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')
INSERT INTO articles ("schema_version", "article_id", "article_version_id", "portal", "channel", "url", "canonical_url", "doc_id", "title", "source", "author", "editor", "published_at", "published_basis", "region", "region_code", "text", "text_sha256", "raw_sha256", "raw_ref", "removed_related", "removed_ads", "removed_other", "relevance", "duplicate_of", "observation_count", "fetched_at", "http_status", "layout", "extractor_version", "supersedes")
SELECT DISTINCT ON ("article_version_id") "schema_version", "article_id", "article_version_id", "portal", "channel", "url", "canonical_url", "doc_id", "title", "source", "author", "editor", "published_at", "published_basis", "region", "region_code", "text", "text_sha256", "raw_sha256", "raw_ref", "removed_related", "removed_ads", "removed_other", "relevance", "duplicate_of", "observation_count", "fetched_at", "http_status", "layout", "extractor_version", "supersedes" FROM lines, json_to_record(line::json) AS row ("schema_version" text, "article_id" text, "article_version_id" text, "portal" text, "channel" text, "url" text, "canonical_url" text, "doc_id" text, "title" text, "source" text, "author" text, "editor" text, "published_at" timestamptz, "published_basis" text, "region" text, "region_code" text, "text" text, "text_sha256" text, "raw_sha256" text, "raw_ref" text, "removed_related" bigint, "removed_ads" bigint, "removed_other" bigint, "relevance" double precision, "duplicate_of" text, "observation_count" bigint, "fetched_at" timestamptz, "http_status" bigint, "layout" text, "extractor_version" text, "supersedes" text)
ON CONFLICT ("article_version_id") DO UPDATE SET "schema_version" = EXCLUDED."schema_version", "article_id" = EXCLUDED."article_id", "article_version_id" = EXCLUDED."article_version_id", "portal" = EXCLUDED."portal", "channel" = EXCLUDED."channel", "url" = EXCLUDED."url", "canonical_url" = EXCLUDED."canonical_url", "doc_id" = EXCLUDED."doc_id", "title" = EXCLUDED."title", "source" = EXCLUDED."source", "author" = EXCLUDED."author", "editor" = EXCLUDED."editor", "published_at" = EXCLUDED."published_at", "published_basis" = EXCLUDED."published_basis", "region" = EXCLUDED."region", "region_code" = EXCLUDED."region_code", "text" = EXCLUDED."text", "text_sha256" = EXCLUDED."text_sha256", "raw_sha256" = EXCLUDED."raw_sha256", "raw_ref" = EXCLUDED."raw_ref", "removed_related" = EXCLUDED."removed_related", "removed_ads" = EXCLUDED."removed_ads", "removed_other" = EXCLUDED."removed_other", "relevance" = EXCLUDED."relevance", "duplicate_of" = EXCLUDED."duplicate_of", "observation_count" = EXCLUDED."observation_count", "fetched_at" = EXCLUDED."fetched_at", "http_status" = EXCLUDED."http_status", "layout" = EXCLUDED."layout", "extractor_version" = EXCLUDED."extractor_version", "supersedes" = EXCLUDED."supersedes";
COMMIT;

CREATE TABLE IF NOT EXISTS observations (
  "schema_version" text NOT NULL,
  "obs_id" text NOT NULL,
  "article_id" text NOT NULL,
  "article_version_id" text NOT NULL,
  "portal" text,
  "channel" text,
  "url" text NOT NULL,
  "title" text,
  "published_at" timestamptz,
  "fetched_at" timestamptz,
  "indicator" text NOT NULL,
  "number" text NOT NULL,
  "value" double precision NOT NULL,
  "unit" text NOT NULL,
  "comparator" text NOT NULL,
  "kind" text NOT NULL,
  "status" text NOT NULL,
  "change_basis" text,
  "population" text,
  "population_size" text,
  "population_sector" text,
  "population_ownership" text,
  "region" text,
  "region_code" text,
  "region_level" text,
  "region_basis" text,
  "as_of" date,
  "as_of_text" text,
  "as_of_basis" text,
  "start" bigint NOT NULL,
  "end" bigint NOT NULL,
  "quote" text NOT NULL,
  "quote_start" bigint NOT NULL,
  "quote_end" bigint NOT NULL,
  "group_id" text,
  "flags" text,
  "rule" text NOT NULL,
  "extractor_version" text NOT NULL,
  "optional" boolean NOT NULL,
  PRIMARY KEY ("obs_id")
);

BEGIN;
CREATE TEMPORARY TABLE lines (line text) ON COMMIT DROP;
\copy lines FROM PROGRAM 'find observations -name "*.jsonl" | sort | xargs cat' (FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02')
INSERT INTO observations ("schema_version", "obs_id", "article_id", "article_version_id", "portal", "channel", "url", "title", "published_at", "fetched_at", "indicator", "number", "value", "unit", "comparator", "kind", "status", "change_basis", "population", "population_size", "population_sector", "population_ownership", "region", "region_code", "region_level", "region_basis", "as_of", "as_of_text", "as_of_basis", "start", "end", "quote", "quote_start", "quote_end", "group_id", "flags", "rule", "extractor_version", "optional")
SELECT DISTINCT ON ("obs_id") "schema_version", "obs_id", "article_id", "article_version_id", "portal", "channel", "url", "title", "published_at", "fetched_at", "indicator", "number", "value", "unit", "comparator", "kind", "status", "change_basis", "population", "population_size", "population_sector", "population_ownership", "region", "region_code", "region_level", "region_basis", "as_of", "as_of_text", "as_of_basis", "start", "end", "quote", "quote_start", "quote_end", "group_id", "flags", "rule", "extractor_version", "optional" FROM lines, json_to_record(line::json) AS row ("schema_version" text, "obs_id" text, "article_id" text, "article_version_id" text, "portal" text, "channel" text, "url" text, "title" text, "published_at" timestamptz, "fetched_at" timestamptz, "indicator" text, "number" text, "value" double precision, "unit" text, "comparator" text, "kind" text, "status" text, "change_basis" text, "population" text, "population_size" text, "population_sector" text, "population_ownership" text, "region" text, "region_code" text, "region_level" text, "region_basis" text, "as_of" date, "as_of_text" text, "as_of_basis" text, "start" bigint, "end" bigint, "quote" text, "quote_start" bigint, "quote_end" bigint, "group_id" text, "flags" text, "rule" text, "extractor_version" text, "optional" boolean)
ON CONFLICT ("obs_id") DO UPDATE SET "schema_version" = EXCLUDED."schema_version", "obs_id" = EXCLUDED."obs_id", "article_id" = EXCLUDED."article_id", "article_version_id" = EXCLUDED."article_version_id", "portal" = EXCLUDED."portal", "channel" = EXCLUDED."channel", "url" = EXCLUDED."url", "title" = EXCLUDED."title", "published_at" = EXCLUDED."published_at", "fetched_at" = EXCLUDED."fetched_at", "indicator" = EXCLUDED."indicator", "number" = EXCLUDED."number", "value" = EXCLUDED."value", "unit" = EXCLUDED."unit", "comparator" = EXCLUDED."comparator", "kind" = EXCLUDED."kind", "status" = EXCLUDED."status", "change_basis" = EXCLUDED."change_basis", "population" = EXCLUDED."population", "population_size" = EXCLUDED."population_size", "population_sector" = EXCLUDED."population_sector", "population_ownership" = EXCLUDED."population_ownership", "region" = EXCLUDED."region", "region_code" = EXCLUDED."region_code", "region_level" = EXCLUDED."region_level", "region_basis" = EXCLUDED."region_basis", "as_of" = EXCLUDED."as_of", "as_of_text" = EXCLUDED."as_of_text", "as_of_basis" = EXCLUDED."as_of_basis", "start" = EXCLUDED."start", "end" = EXCLUDED."end", "quote" = EXCLUDED."quote", "quote_start" = EXCLUDED."quote_start", "quote_end" = EXCLUDED."quote_end", "group_id" = EXCLUDED."group_id", "flags" = EXCLUDED."flags", "rule" = EXCLUDED."rule", "extractor_version" = EXCLUDED."extractor_version", "optional" = EXCLUDED."optional";
COMMIT;
