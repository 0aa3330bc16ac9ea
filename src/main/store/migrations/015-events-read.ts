/** Bytes of the events of a phase in a depot that are recorded here. */
export const eventsRead = `
ALTER TABLE phases ADD COLUMN events_read INTEGER NOT NULL DEFAULT 0;
`
