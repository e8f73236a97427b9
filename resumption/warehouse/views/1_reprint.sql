-- Which article reprints which: one row per reprint, with the first article of the chain.
WITH RECURSIVE chain (article_id, original_id, steps) AS (
  SELECT article_id, duplicate_of, 1 FROM article WHERE duplicate_of IS NOT NULL AND duplicate_of <> article_id
  UNION
  SELECT chain.article_id, article.duplicate_of, chain.steps + 1
  FROM chain JOIN article ON article.article_id = chain.original_id
  WHERE article.duplicate_of IS NOT NULL AND article.duplicate_of <> chain.article_id AND chain.steps < 10
)
SELECT chain.article_id, chain.original_id
FROM chain JOIN (SELECT article_id, max(steps) AS steps FROM chain GROUP BY article_id) AS longest
  ON longest.article_id = chain.article_id AND longest.steps = chain.steps
