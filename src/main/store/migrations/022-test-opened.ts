/** When the test values of all series of a sweep were opened. */
export const testOpened = `
ALTER TABLE experiments ADD COLUMN test_opened_at INTEGER;
`
