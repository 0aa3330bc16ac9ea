/** So many crashes within this time, and the page is not simply loaded again. */
const mostCrashes = 3
const withinMilliseconds = 60_000

/** Decides whether a crashed page is reloaded automatically, or would only crash again. */
export function crashLimit(now: () => number): () => boolean {
  let crashes: number[] = []
  return () => {
    crashes = [...crashes.filter((at) => now() - at < withinMilliseconds), now()]
    return crashes.length <= mostCrashes
  }
}
