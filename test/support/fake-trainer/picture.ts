import type { PictureJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { DrawnSample, TrainerEvent } from '../../../src/shared/phases/trainer-events.ts'
import { encodePng } from '../../../src/main/trainer/encode-png.ts'
import { checkDataset } from './dataset.ts'
import { note, readScript } from './script.ts'

/** Draws images that follow from their numbers: grey, with a bright row that tells the class. */
export async function pictureFake(job: PictureJob, folder: string): Promise<TrainerEvent> {
  const { split, samples, augmented } = job
  const { height, width, channels, classes } = checkDataset(job, readScript(folder).imagesVersion)
  note(folder, `picture ${split}`)
  const drawn = samples.map(async (sample): Promise<DrawnSample> => {
    const label = sample % classes
    const size = height * width * channels
    const rowOf = (at: number) => Math.floor(at / (width * channels))
    const images = Uint8Array.from({ length: size }, (_, at) => (rowOf(at) === label ? 255 : 40))
    if (augmented) images.reverse()
    const png = await encodePng({ images, count: 1, height, width, channels }, 0)
    return { sample, index: 2 * sample, label, mixedWith: null, png }
  })
  return { type: 'pictured', samples: await Promise.all(drawn) }
}
