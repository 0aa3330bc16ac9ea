import extension from '../examples/extensions/analysis.ts'
import { analyses } from '../src/readings/analyses/index.ts'
import { describe, expect, it } from 'vitest'
import { outlineOf } from '../src/engine/networks/families.ts'
import { createNetwork } from '../src/engine/networks/index.ts'
import { figureLayout } from '../src/figures/figure-layout.ts'
import { longCsv } from '../src/main/host/exports/writers/csv.ts'
import { figureFile } from '../src/main/host/exports/writers/figure-file.ts'
import { analysisQuestion } from '../src/contract/analyses.ts'
import { modelOf, noTraining, runAnalysis } from './support/analyses.ts'
import { randomParameters } from './support/forward.ts'
import { smallResnet } from './support/networks.ts'

describe('an analysis in one file outside src/', () => {
  analyses.register('weight-norm', extension.analyses!['weight-norm']!)
  const { compute, table, figure, parameters } = analyses.get('weight-norm')
  const network = createNetwork(smallResnet())
  const arrays = randomParameters(network, 1)
  const run = { id: 'r', name: 'toy-joint-s1', regime: 'joint' as const, series: 'joint', seed: 1, experiment: 'toy' }
  const found = async () => {
    const images = { some: () => expect.unreachable('no images are needed'), training: noTraining }
    const models = [modelOf(network, arrays)]
    const { result, planned } = await runAnalysis(compute, { parameters: parameters.parse({}), models, images })
    expect(planned).toEqual([network.parameters.length])
    const runs = [{ ...run, network: network.spec, outline: outlineOf(network.spec), phase: 'all exits', keptEpoch: 1 }]
    return { parameters: parameters.parse({}), answers: [{ runs, result, whole: true }], subjects: ['toy'] }
  }

  it('is computed with the engine, and printed', async () => {
    const norms = longCsv(await table(await found(), { options: {} }, 'data'))
    const [{ name }] = network.parameters as [(typeof network.parameters)[number]]
    const norm = Math.hypot(...arrays[name]!.values)
    const [header, first] = norms.split('\n')
    expect(header).toBe('parameter,experiment,parameters.order,run,norm')
    expect(first).toMatch(new RegExp(`^${name.replaceAll('.', '\\.')},toy,2,toy-joint-s1,${norm.toFixed(3)}`))
  })

  it('is drawn', async () => {
    const { name, bytes } = await figureFile(
      await figure(await found(), { options: {} }),
      figureLayout.parse({}),
      'svg',
    )
    expect([name, (await bytes.text()).includes('<title>Norm of every parameter.</title>')]).toEqual([
      'norms.svg',
      true,
    ])
  })

  it('can be requested', () => {
    expect(analysisQuestion.parse({ kind: 'weight-norm', runs: ['toy'] }).kind).toBe('weight-norm')
    expect(analysisQuestion.safeParse({ kind: 'weight-form', runs: ['toy'] }).success).toBe(false)
  })
})
