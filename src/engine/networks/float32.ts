/** The largest number of float32. */
export const largestFloat = 3.4028234663852886e38

/** Infinities as the largest numbers: JSON has none, and a point between two of them is no number. */
export const finite = (number: number): number => Math.min(Math.max(number, -largestFloat), largestFloat)
