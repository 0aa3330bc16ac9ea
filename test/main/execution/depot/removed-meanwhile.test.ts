import { expect, it, vi } from 'vitest'
import { readContent } from '../../../../src/main/execution/depot/phase-content.ts'
import { temporaryFolder } from '../../host/support.ts'
import { idOf, makePhase } from './made-phase.ts'

/** Records that are removed when the names of a folder have just been read. */
const removed = ['evaluation.json', 'epoch-00001.safetensors.manifest.json']

vi.mock(import('node:fs'), async (original) => {
  const module = await original()
  const readdirSync = (path: string) => [...module.readdirSync(path), ...removed]
  return { ...module, readdirSync: readdirSync as unknown as typeof module.readdirSync }
})

it('records that are removed while a phase is read are missing, not damaged', async () => {
  const folder = await makePhase(temporaryFolder(), idOf(1), { weights: 'weights' })
  expect(readContent(folder)).toMatchObject({ evaluation: null, snapshots: [], damaged: [] })
  expect(readContent(folder).weights).not.toBeNull()
})
