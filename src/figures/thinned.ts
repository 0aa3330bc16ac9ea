/**
 * At most about `points` of ascending points, for a line that is no wider than so many pixels: of each stretch its lowest and
 * its highest are kept, and of the whole its ends, so that the line looks the same and no dip is lost.
 */
export function thinned<Point extends { value: number }>(all: readonly Point[], points: number): readonly Point[] {
  if (all.length <= points) return all
  const stretches = Math.max(1, Math.floor(points / 2))
  const kept = new Set([0])
  for (let stretch = 0; stretch < stretches; stretch++) {
    const [from, to] = [stretch, stretch + 1].map((edge) => Math.floor((edge * all.length) / stretches))
    let [low, high] = [from!, from!]
    for (let index = from!; index < to!; index++) {
      if (all[index]!.value < all[low]!.value) low = index
      if (all[index]!.value > all[high]!.value) high = index
    }
    kept.add(Math.min(low, high)).add(Math.max(low, high))
  }
  return [...kept.add(all.length - 1)].map((index) => all[index]!)
}
