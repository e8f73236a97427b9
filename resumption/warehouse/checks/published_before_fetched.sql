-- Nothing is published after it was fetched (a day of tolerance for wrong clocks).
-- severity: warning
SELECT article_version_id, url, published_at, fetched_at FROM article_version
WHERE published_at > fetched_at + INTERVAL '1' DAY
