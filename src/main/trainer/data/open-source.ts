import type { DataSpec } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { resizedTo } from '../../../datasets/formats/resized.ts'
import { datasets, type OpenedDataset } from '../../../datasets/index.ts'
import { isDiskError } from '../../../files/durable-file.ts'
import { whyUnreadable } from '../../../files/regular-file.ts'
import { checkOpened } from './check-opened.ts'

/**
 * Opens the files of a data set, its images in the size that the experiment asks for, without reading samples where the format allows it.
 * @throws ExitlabError `data` that says which file is not as it should be.
 */
export async function openSource(data: DataSpec, dataPath: string): Promise<OpenedDataset> {
  const dataset = datasets.get(data.source)
  const opened = await dataset.open(data, dataPath).catch((error: unknown) => {
    throw unreadable(dataPath, error)
  })
  checkOpened(opened, dataset, data)
  const { imageSize } = data
  const isOther = opened.kind === 'images' && imageSize !== null && imageSize !== opened.height
  return isOther ? resizedTo(opened, imageSize) : opened
}

/** Files or folders may vanish after they were looked at; other errors are returned unchanged. */
function unreadable(dataPath: string, error: unknown): unknown {
  const { syscall, path = dataPath } = error as NodeJS.ErrnoException
  if (syscall === undefined || isDiskError(error)) return error
  const message = `data.path: ${path} ${whyUnreadable(error)}; restore it, or set data.path to where it is`
  return new ExitlabError('data', message, { cause: error })
}
