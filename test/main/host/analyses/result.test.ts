import { expect, test } from 'vitest'
import { shownAnalysis } from '../../../../src/main/host/analyses/result.ts'
import type { AnalysisRow } from '../../../../src/main/store/analyses.ts'
import { prepareWorkspace } from '../../../../src/main/store/open.ts'
import { temporaryFolder } from '../support.ts'

type Services = Parameters<typeof shownAnalysis>[0]

/** Services that know an analysis as it is now, and note what is written about it. */
function servicesWhere(now: AnalysisRow | null) {
  const written: string[] = []
  const analyses = { get: () => now, reopen: (id: string) => void written.push(id) }
  const store = { workspace: prepareWorkspace(temporaryFolder()), readonly: false, analyses }
  const recorder = { log: () => {} }
  const analysisRecorder = { summary: (row: AnalysisRow) => row, tell: () => {}, preview: () => null }
  return { services: { store, recorder, analysisRecorder } as unknown as Services, written }
}

const done = { id: 'ab12', kind: 'numerical-rank', sha256: 'c0ffee', status: 'done' } as AnalysisRow
const subjects = [{ phaseId: 'p', run: { id: 'r', name: 'toy', regime: 'joint', series: 'joint', seed: 1 } }] as const
const row: AnalysisRow = { ...done, subjects: [...subjects] }

test('a result that disappears while it is read was deleted, not damaged', async () => {
  const { services, written } = servicesWhere(null)
  await expect(shownAnalysis(services, row)).rejects.toMatchObject({
    code: 'not-found',
    message: 'There is no analysis ab12 in this workspace. It may have been deleted.',
  })
  expect(written).toEqual([])
})

test('an analysis that is requested again meanwhile does not fail for its old result', async () => {
  const { services, written } = servicesWhere({ ...row, sha256: null, status: 'queued' })
  expect(await shownAnalysis(services, row)).toMatchObject({ whole: false, analysis: { status: 'queued' } })
  expect(written).toEqual([])
})

test('a result that is missing makes its analysis fail', async () => {
  const { services, written } = servicesWhere(row)
  expect(await shownAnalysis(services, row)).toMatchObject({
    result: null,
    whole: false,
    analysis: { status: 'failed' },
  })
  expect(written).toEqual(['ab12'])
})
