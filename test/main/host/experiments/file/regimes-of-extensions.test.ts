import { expect, it } from 'vitest'
import { regimes } from '../../../../../src/engine/regimes/index.ts'
import type { WrittenPhase } from '../../../../../src/shared/phases/written-phase.ts'

const origin = { extension: 'methods', file: '/home/me/methods.ts', sha256: '0' }
const info = { title: 'T', sentence: 'S.', paper: 'P' }
const register = (name: string, ...phases: object[]) =>
  regimes.register(name, { info, phases: phases as WrittenPhase[] }, origin)
register('good', { trains: 'backbone' }, { trains: 'all', objective: { weighting: 'sdn' } })
register('misspelt', { trains: 'all' }, { trains: 'heads', objective: { weighting: 'sdm' } })
register('long', { trains: 'all', training: { epochs: 3 } })
register('mixing', { trains: 'all', mixing: {} })

// What knows the registries is loaded once everything is registered.
const { contradictions } = await import('../../../../../src/main/host/experiments/file/contradictions.ts')

const problemsOf = (regime: string, more: object = {}) =>
  contradictions({ data: { source: 'fashion-mnist' }, regimes: ['joint', regime], ...more })

it('a regime of an extension is checked as one of the file, at its name', () => {
  expect(problemsOf('good')).toEqual([])
  const found = (name: string, message: string) => [
    { path: ['regimes', 1], message: `${name} (/home/me/methods.ts): ${message}` },
  ]
  expect(problemsOf('misspelt')).toEqual(
    found(
      'misspelt',
      'phases[1].objective.weighting: expected one of uniform, increasing, decreasing, sdn, gpf; got "sdm"; did you mean "sdn"?',
    ),
  )
  expect(problemsOf('long', { training: { totalEpochs: 9 } })).toEqual(
    found('long', 'phases[0].training.epochs: follows from training.totalEpochs; give the phase a share instead'),
  )
  const ofTexts = problemsOf('mixing', { data: { source: 'newsgroups' } })
  expect(ofTexts.map(({ message }) => message)).toEqual([
    expect.stringContaining('phases[0].mixing: newsgroups takes none: only fashion-mnist, mnist,'),
  ])
})

it('a regime of a file may not have the name of one of an extension', () => {
  const mine = { name: 'good', phases: [{ trains: 'all' }] }
  expect(contradictions({ regimes: [mine] })).toEqual([
    {
      path: ['regimes', 0, 'name'],
      message: 'good is a regime of /home/me/methods.ts; choose another name for yours, or write - good',
    },
  ])
})
