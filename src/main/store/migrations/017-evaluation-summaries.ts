/** What comparisons read of evaluations: a few kilobytes each, where their files take megabytes to gigabytes. */
export const evaluationSummaries = `
CREATE TABLE evaluation_summaries (
  phase_id TEXT NOT NULL REFERENCES evaluations (phase_id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  splits TEXT NOT NULL,
  PRIMARY KEY (phase_id, question)
) STRICT, WITHOUT ROWID;
`
