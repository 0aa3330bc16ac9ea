/** Work paused by `pause --all` is resumed by `resume --all`, also after a restart. */
export const pausedWithAll = `
ALTER TABLE runs ADD COLUMN paused_with_all INTEGER NOT NULL DEFAULT 0;
ALTER TABLE analyses ADD COLUMN paused_with_all INTEGER NOT NULL DEFAULT 0;
`
