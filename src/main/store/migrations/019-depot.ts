/** The depot is no longer that of Slurm alone. A damaged setting is left to be told. */
export const depot = `
INSERT INTO settings (name, value)
  SELECT 'depot', json_quote(json_extract(value, '$.depot')) FROM settings
  WHERE name = 'slurm' AND CASE WHEN json_valid(value) THEN json_type(value, '$.depot') = 'text' END;
`
