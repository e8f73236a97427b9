-- The quote holds the number as written, at the stated offsets.
-- severity: error
SELECT obs_id, number, quote FROM obs_report
WHERE substr(quote, CAST(number_start - quote_start + 1 AS integer), CAST(number_end - number_start AS integer)) <> number
