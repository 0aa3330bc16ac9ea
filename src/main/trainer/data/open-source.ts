import type { DataSpec } from '../../../shared/data.ts'
import { resizedTo } from '../../datasets/formats/resized.ts'
import { datasets, type OpenedDataset } from '../../datasets/index.ts'

/**
 * Opens the files of a data set, its images in the size that the experiment asks for, without reading samples where the format allows it.
 * @throws ExitlabError `data` that says which file is not as it should be.
 */
export async function openSource(data: DataSpec, dataPath: string): Promise<OpenedDataset> {
  const opened = await datasets.get(data.source).open(data, dataPath)
  const { imageSize } = data
  const isOther = opened.kind === 'images' && imageSize !== null && imageSize !== opened.height
  return isOther ? resizedTo(opened, imageSize) : opened
}
