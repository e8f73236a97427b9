-- Who publishes: portal, channel and the source that the page states, with the articles seen.
SELECT coalesce(portal, '') AS portal, coalesce(channel, '') AS channel, coalesce(source, '') AS publisher,
  count(*) AS articles, count(duplicate_of) AS reprints,
  min(published_at) AS first_published_at, max(published_at) AS last_published_at
FROM article
GROUP BY coalesce(portal, ''), coalesce(channel, ''), coalesce(source, '')
