/**
 * A phase is stored whole (`definition`, JSON), as it is trained, and not as the hash of it is made; its name is that of the run
 * that first had it. A row that holds no JSON stays as it is, to be refused by name when it is read.
 */
export const phaseDefinitions = `
ALTER TABLE phases ADD COLUMN definition TEXT NOT NULL DEFAULT '';
UPDATE phases SET definition = CASE WHEN json_valid(identity) THEN json_set(
  json_remove(identity, '$.parent'),
  '$.phase.name', coalesce((SELECT run_phases.name FROM run_phases JOIN runs ON runs.id = run_id WHERE phase_id = phases.id
    ORDER BY runs.position LIMIT 1), ''),
  '$.phase.network', network_kind,
  '$.initial', json(CASE WHEN parent_id IS NULL THEN json_object('kind', 'fresh')
    ELSE json_object('kind', 'phase', 'id', parent_id, 'fresh', json(
      CASE WHEN network_kind = 'multi-exit' AND (SELECT network_kind FROM phases AS parent WHERE parent.id = phases.parent_id) = 'backbone'
      THEN (SELECT json_group_array('heads.' || key) FROM json_each(identity, '$.network.exits')) ELSE '[]' END)) END)
) ELSE identity END;
ALTER TABLE phases DROP COLUMN identity;
ALTER TABLE phases DROP COLUMN network_kind;
DROP TABLE artifacts;
`
