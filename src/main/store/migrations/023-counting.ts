/** The rule by which the costs of a series are counted: rule 1 differed for networks of files alone. */
export const counting = `
ALTER TABLE series ADD COLUMN counting INTEGER NOT NULL DEFAULT 1;
UPDATE series SET counting = 2 WHERE network NOT LIKE '%"family":"onnx"%';
`
