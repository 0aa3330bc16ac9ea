import { expect, test } from 'vitest'
import { askReading } from '../../../../../src/readings/ask.ts'
import { earlierWorkspace } from '../../earlier-workspace.ts'

const { opened } = earlierWorkspace('workspace-0.2.0')

test('classes have numbers where their data set is not there', async () => {
  const { client } = await opened()
  const [run] = await client.runs.list({ runs: ['toy'] })
  const asked = { runs: [run!.id], thresholds: 0.5 }
  const numbered = Array.from({ length: 10 }, (_, label) => `class ${label}`)
  const confusion = await askReading(client, { reading: 'confusion', question: { runs: asked.runs } })
  const samples = await askReading(client, { reading: 'samples', question: asked })
  expect([confusion.classes, samples.classes]).toEqual([numbered, numbered])
  const { target } = await askReading(client, { reading: 'sample-path', question: { ...asked, sample: 0 } })
  expect(numbered).toContain(target)
})
