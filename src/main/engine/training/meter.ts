/** Images, and the time they took. */
export interface Pace {
  images: number
  milliseconds: number
}

/** Counts images over time. */
export interface Meter {
  add(images: number): void
  /** What was counted so far, and the time until now. */
  pace(): Pace
  restart(): void
}

/** A meter on a clock in milliseconds, which goes on from `before`. */
export function createMeter(now: () => number, before: Pace = noPace): Meter {
  let { images } = before
  let began = now() - before.milliseconds
  return {
    add: (more) => void (images += more),
    pace: () => ({ images, milliseconds: now() - began }),
    restart() {
      images = 0
      began = now()
    },
  }
}

/** Of what hasn't begun. */
export const noPace: Pace = { images: 0, milliseconds: 0 }

/** 0 while no time has passed. */
export function imagesPerSecond({ images, milliseconds }: Pace): number {
  return milliseconds > 0 ? (images / milliseconds) * 1000 : 0
}
