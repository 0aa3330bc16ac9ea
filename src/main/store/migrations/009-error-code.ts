/** What kind of error a run failed with, where that is known. */
export const errorCode = `
ALTER TABLE runs ADD COLUMN error_code TEXT;
`
