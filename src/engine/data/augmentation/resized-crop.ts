import { stream, type Stream } from '../../random.ts'
import { resizedCrop, roundedToEven, type Picture, type Window } from '../resample.ts'

const [smallestArea, largestArea] = [0.08, 1]
const [lowestAspect, highestAspect] = [3 / 4, 4 / 3]
const attempts = 10

/**
 * A part of an image scaled to a size: 8 % to all of its area, its width ¾ to 4⁄3 of its height, anywhere in it (Szegedy 2015,
 * in torchvision's ranges; method 5.2). What part it is follows from a number, since it depends on the size of the image.
 */
export function cropAtRandom(picture: Picture, drawn: number, size: { height: number; width: number }): Uint8Array {
  return resizedCrop(picture, cropOf(picture, drawn), size)
}

/** The part of an image that a number stands for. */
export function cropOf(picture: Pick<Picture, 'height' | 'width'>, drawn: number): Window {
  return drawCrop(picture, stream(drawn, 'resized crop'))
}

/** The whole image, or the largest part in its middle that is of an allowed shape, where ten attempts gave none that fits. */
export function drawCrop(
  { height, width }: Pick<Picture, 'height' | 'width'>,
  random: Pick<Stream, 'uniform' | 'integer'>,
): Window {
  const [low, high] = [Math.log(lowestAspect), Math.log(highestAspect)]
  for (let attempt = 0; attempt < attempts; attempt++) {
    const area = height * width * (smallestArea + (largestArea - smallestArea) * random.uniform())
    const aspect = Math.exp(low + (high - low) * random.uniform())
    const columns = roundedToEven(Math.sqrt(area * aspect))
    const rows = roundedToEven(Math.sqrt(area / aspect))
    if (columns === 0 || columns > width || rows === 0 || rows > height) continue
    const top = random.integer(height - rows + 1)
    return { top, left: random.integer(width - columns + 1), height: rows, width: columns }
  }
  return middle({ height, width })
}

function middle({ height, width }: Pick<Picture, 'height' | 'width'>): Window {
  const columns = width / height > highestAspect ? roundedToEven(height * highestAspect) : width
  const rows = width / height < lowestAspect ? roundedToEven(width / lowestAspect) : height
  return { top: Math.floor((height - rows) / 2), left: Math.floor((width - columns) / 2), height: rows, width: columns }
}
