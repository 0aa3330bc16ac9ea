/** What trains is named: `gpu` was true or false, for the first card or the processor. */
export const device = `
INSERT INTO settings (name, value)
  SELECT 'device', iif(value = 'true', '"cuda"', '"cpu"') FROM settings WHERE name = 'gpu';
DELETE FROM settings WHERE name = 'gpu';
`
