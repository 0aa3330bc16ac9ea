/** Whether a text of a table, as the name of a series with many settings or of a pair, breaks into lines rather than push numbers out of sight. */
export const isLong = (text: string): boolean => text.length > 36
