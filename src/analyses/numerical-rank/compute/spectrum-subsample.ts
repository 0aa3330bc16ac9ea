/** Most places of a spectrum that a result shows. */
const mostPlaces = 256

/**
 * Places of a spectrum from 1, ascending: all of them, or at most 256 that lie ever further apart, as the spectrum falls steeply first
 * and slowly then. Those on either side of the rank are among them.
 */
export function spectrumPlaces(length: number, rank: number): number[] {
  if (length <= mostPlaces) return Array.from({ length }, (_, index) => index + 1)
  const places = new Set([rank, rank + 1].filter((place) => place >= 1 && place <= length))
  const spread = mostPlaces - places.size
  for (let step = 0; step < spread; step++) places.add(Math.round(length ** (step / (spread - 1))))
  return [...places].sort((a, b) => a - b)
}
