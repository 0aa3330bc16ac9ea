/** Temperatures are searched between these: outputs that are right, or wrong, throughout have their least loss at 0, or at infinity. */
export const temperatureRange = [1 / 100, 100] as const

/** Whether a fitted temperature is an end of its range: the least loss lies beyond it. */
export const isAtEndOfRange = (temperature: number): boolean =>
  temperature <= temperatureRange[0] || temperature >= temperatureRange[1]

/** What it means where a temperature is an end of its range. */
export const endOfRangeWords = `The temperature of one or more seeds is an end of the range in which it is searched, ${temperatureRange.join(' to ')}: the least loss lies beyond it.`

/** Behind values at such a temperature. */
export const endOfRangeMark = '*'
export const endOfRangeLegend = `${endOfRangeMark} ${endOfRangeWords}`
