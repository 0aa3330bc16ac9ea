/** Images, and the time they took. */
export interface Pace {
  images: number
  milliseconds: number
}

export const noPace: Pace = { images: 0, milliseconds: 0 }

/** 0 while no time has passed. */
export const imagesPerSecond = ({ images, milliseconds }: Pace) =>
  milliseconds > 0 ? (images / milliseconds) * 1000 : 0

/** What has been added to an earlier pace. */
export const since = (earlier: Pace, { images, milliseconds }: Pace): Pace => ({
  images: images - earlier.images,
  milliseconds: milliseconds - earlier.milliseconds,
})
