import type { DrawnImage, PictureJob, TrainerEvent } from '../../../src/shared/trainer.ts'
import { encodePng } from '../../../src/main/trainer/encode-png.ts'
import { note } from './script.ts'

const [height, width, classes] = [8, 8, 3]

/** Draws images that follow from their numbers: grey, with a bright row that tells the class. */
export async function pictureFake({ split, samples, augmented }: PictureJob, folder: string): Promise<TrainerEvent> {
  note(folder, `picture ${split}`)
  const drawn = samples.map(async (sample): Promise<DrawnImage> => {
    const label = sample % classes
    const images = Uint8Array.from({ length: height * width }, (_, at) => (Math.floor(at / width) === label ? 255 : 40))
    if (augmented) images.reverse()
    const png = await encodePng({ images, count: 1, height, width, channels: 1 }, 0)
    return { sample, index: 2 * sample, label, mixedWith: null, png }
  })
  return { type: 'pictured', images: await Promise.all(drawn) }
}
