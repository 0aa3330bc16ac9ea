/** What was paused with everything else is resumed with it, after a restart too. */
export const pausedWithAll = `
ALTER TABLE runs ADD COLUMN paused_with_all INTEGER NOT NULL DEFAULT 0;
ALTER TABLE analyses ADD COLUMN paused_with_all INTEGER NOT NULL DEFAULT 0;
`
