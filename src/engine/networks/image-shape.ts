/** Images of a data set, as a specification has them. */
interface Images {
  inputShape: readonly [height: number, width: number, channels: number]
  pad: number
}

/** [height, width, channels] of the images that a network takes, padding included. */
export function paddedShape({ inputShape: [height, width, channels], pad }: Images): [number, number, number] {
  return [height + 2 * pad, width + 2 * pad, channels]
}

/** Inputs of a network that takes padded images. */
export const imageInputs = (images: Images) => ({ images: { shape: paddedShape(images), dtype: 'float32' as const } })
