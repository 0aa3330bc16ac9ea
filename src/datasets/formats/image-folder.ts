import { ExitlabError } from '../../shared/basics/error.ts'
import { count } from '../../shared/format/numbers.ts'
import type { DatasetOptions, OpenedImages } from '../dataset.ts'
import { decodePicture, faultOfImage } from './decode.ts'
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

/** Of the first image that is not damaged. @throws ExitlabError `data` where all are. */
async function firstSide(files: Files): Promise<{ height: number; width: number }> {
  for (let index = 0; index < files.length; index++) {
    const picture = await decodePicture(files.at(index)!.path).catch(() => null)
    if (picture !== null) return { height: picture.height, width: picture.width }
  }
  return noneSound(files)
}

async function noneSound(files: Files): Promise<never> {
  const { path } = files.at(0)!
  const fault = await faultOfImage(path)
  throw new ExitlabError(
    'data',
    `data.path: none of the ${count(files.length)} training images can be decoded as JPEG or PNG; the first is ${path} (${fault}); ` +
      'replace the files',
  )
}
