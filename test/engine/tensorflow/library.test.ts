import { expect, it } from 'vitest'
import { openTensorFlow } from '../../../src/engine/tf.ts'

it('names the library it misses, the folder, and what to do', () => {
  const open = () => openTensorFlow({ libraryFolder: '/nowhere' })
  expect(open).toThrow(/libtensorflow_framework\S* cannot be opened from \/nowhere/)
  expect(open).toThrow(/EXITLAB_TENSORFLOW/)
  expect(open).toThrow(expect.objectContaining({ code: 'engine' }))
})
