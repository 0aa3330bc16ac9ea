import { expect, test } from 'vitest'
import { whoTrains } from '../../../src/shared/basics/host-words.ts'

const host = { pid: 12, command: 'run', trains: true, after: null }
const after = { pid: 7, command: 'window', died: false }

test('says who trains where it is, or was until now, another process', () => {
  const own = { host, attached: null }
  expect(whoTrains(own)).toBeNull()
  expect(whoTrains({ host: null, attached: null })).toBeNull()
  expect(whoTrains({ host, attached: 3 })).toBe('Process 12 (exitlab run) trains. When it ends, this workbench trains.')
  expect(whoTrains({ host: { ...host, command: 'import', trains: false }, attached: 3 })).toBe(
    'Process 12 (exitlab import) has this workspace open and trains nothing. When it ends, this workbench trains.',
  )
  expect(whoTrains({ host: { ...host, after }, attached: null })).toBe(
    'Process 7 (the Exitlab window) has ended; what it paused waits for Resume. This workbench trains now.',
  )
  expect(whoTrains({ host: { ...host, after: { ...after, died: true } }, attached: null })).toBe(
    'Process 7 (the Exitlab window) was killed or failed. This workbench trains now, from the last checkpoints.',
  )
})
