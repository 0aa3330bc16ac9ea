import type { ImageShape } from '../pixel-writer.ts'

/** An image of bytes, [height, width, channels], and room for what becomes of it. */
export interface Canvas extends ImageShape {
  source: Uint8Array
  /** Written over completely by an operation. */
  target: Uint8Array
}

/**
 * Changes an image by a magnitude whose meaning is the operation's own. Each gives the very bytes that torchvision gives for a
 * Pillow image (nearest neighbour, black where nothing lies), on which the published TrivialAugment results rest.
 */
export type Operation = (canvas: Canvas, magnitude: number) => void

export const identity: Operation = ({ source, target }) => target.set(source)
