-- Unit, comparator, kind and status are codes of the contract.
-- severity: error
SELECT obs_id, unit, comparator, kind, status FROM obs_report
WHERE unit NOT IN ('count', 'person', 'percent', 'percentage_point', 'CNY', 'kWh', 'kW', 'hour', 'tonne', 'other')
  OR comparator NOT IN ('eq', 'gt', 'ge', 'lt', 'le', 'approx')
  OR kind NOT IN ('level', 'change') OR status NOT IN ('actual', 'target')
