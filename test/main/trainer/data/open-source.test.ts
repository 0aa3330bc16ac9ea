import { readdir, rm } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { datasets } from '../../../../src/datasets/index.ts'
import { openSource } from '../../../../src/main/trainer/data/open-source.ts'
import { dataSpec } from '../../../../src/shared/data/data.ts'
import { emptyFolder } from '../../../datasets/support.ts'

const images = datasets.get('image-folder')
/** Its folder is removed while it is opened. */
datasets.register('vanishing', {
  ...images,
  open: async (_: unknown, folder: string) => {
    await rm(folder, { recursive: true })
    return (await readdir(folder)) as never
  },
} as typeof images)

test('a folder of samples that vanishes while it is opened is named, with what to do', async () => {
  const folder = await emptyFolder()
  await expect(openSource(dataSpec.parse({ source: 'vanishing' }), folder)).rejects.toMatchObject({
    code: 'data',
    message: expect.stringMatching(
      new RegExp(`^data\\.path: ${folder} does not exist; restore it, or set data\\.path to where it is$`),
    ) as string,
  })
})
