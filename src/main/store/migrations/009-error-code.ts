/** Error code of a failed run, if known. */
export const errorCode = `
ALTER TABLE runs ADD COLUMN error_code TEXT;
`
