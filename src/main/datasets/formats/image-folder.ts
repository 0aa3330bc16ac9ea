import type { DatasetOptions, OpenedImages } from '../dataset.ts'
import { sideOf } from './decode.ts'
import { contentDigests } from './file-digests.ts'
import type { Files } from './folder-files.ts'
import { listFolder } from './list-folder.ts'
import { openedFiles } from './opened-files.ts'
import { tinyImageNetNormalisation } from './wordnet-files.ts'

/** Opens a folder of images, one folder for each class. */
export async function openImageFolder(
  { imageSize, testFraction }: DatasetOptions,
  folder: string,
): Promise<OpenedImages> {
  const listing = await listFolder(folder, testFraction)
  const size = imageSize ? { height: imageSize, width: imageSize } : await firstSide(listing.train)
  return openedFiles(listing, {
    ...{ shape: { ...size, channels: 3 }, resize: imageSize !== null, digestsOf: contentDigests },
    normalisation: listing.isTinyImageNet ? tinyImageNetNormalisation : null,
  })
}

/** Of the first image whose beginning is not damaged. */
async function firstSide(files: Files): ReturnType<typeof sideOf> {
  for (let index = 0; ; index++) {
    try {
      return await sideOf(files.at(index)!.path)
    } catch (error) {
      if (index + 1 === files.length) throw error
    }
  }
}
