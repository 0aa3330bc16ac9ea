/** Counts images over time. */
export interface Meter {
  add(images: number): void
  milliseconds(): number
  /** 0 while no time has passed. */
  imagesPerSecond(): number
  restart(): void
}

/** A meter on a clock in milliseconds. */
export function createMeter(now: () => number): Meter {
  let images = 0
  let began = now()
  const milliseconds = () => now() - began
  return {
    add: (more) => void (images += more),
    milliseconds,
    imagesPerSecond() {
      const elapsed = milliseconds()
      return elapsed > 0 ? (images / elapsed) * 1000 : 0
    },
    restart() {
      images = 0
      began = now()
    },
  }
}
