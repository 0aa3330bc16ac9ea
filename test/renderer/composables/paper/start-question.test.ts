import { describe, expect, it } from 'vitest'
import { missingOf, missingRuns, startQuestion } from '../../../../src/renderer/composables/paper/start-question.ts'
import { paperExperiment, paperItem, paperStatus } from '../../support/paper.ts'

const resnet = paperExperiment({ file: 'resnet', name: 'ResNet', runs: { done: 2, missing: 4 }, remainingSeconds: 600 })
const vit = paperExperiment({ file: 'vit', name: 'ViT', runs: { running: 1, failed: 1 }, remainingSeconds: 3000 })
const bert = paperExperiment({ file: 'bert', name: 'BERT', runs: { missing: 3 }, problem: 'There are no weights.' })
const done = paperExperiment({ file: 'done', runs: { done: 6 } })
const status = paperStatus({
  experiments: [resnet, vit, bert, done],
  items: [
    paperItem({ id: 'table-1', experiments: ['resnet', 'vit', 'bert'] }),
    paperItem({ id: 'table-8', experiments: ['resnet'] }),
    paperItem({
      id: 'figure-3',
      experiments: ['done'],
      analyses: { kind: 'mode-connectivity', all: 6, done: 4 },
      runs: { all: 6, done: 6 },
    }),
    paperItem({ id: 'figure-4', experiments: ['resnet'], analyses: { kind: 'numerical-rank', all: 3, done: 0 } }),
  ],
})

describe('what is missing', () => {
  it('counts runs that are not there, paused, stopped or failed, not those that are queued, running or done', () => {
    expect(missingRuns({ runs: { done: 9, running: 1, queued: 3 } })).toBe(0)
    expect(missingRuns({ runs: { missing: 5, paused: 3, stopped: 2, failed: 1, done: 4 } })).toBe(11)
  })

  it('counts an experiment that several items share once, and leaves out those that cannot be trained', () => {
    const missing = missingOf(status, [])
    expect(missing).toEqual({
      runs: 5,
      experiments: [resnet, vit],
      blocked: [bert],
      analyses: 2,
      laterAnalyses: 3,
      seconds: 3600,
    })
  })

  it('counts only the chosen items', () => {
    expect(missingOf(status, ['table-8'])).toMatchObject({ runs: 4, analyses: 0, seconds: 600, blocked: [] })
    expect(missingOf(status, ['figure-3'])).toMatchObject({ runs: 0, analyses: 2, experiments: [] })
  })

  it('counts no analyses that are queued, which they are where all runs are done and something is in progress', () => {
    const [, , figure] = status.items
    const active = (runs: { all: number; done: number }) =>
      missingOf({ ...status, items: [{ ...figure!, state: 'active', runs }] }, []).analyses
    expect(active({ all: 6, done: 6 })).toBe(0)
    expect(missingOf({ ...status, items: [{ ...figure!, state: 'partial' }] }, []).analyses).toBe(2)
  })

  it('takes an unknown time where one experiment was not measured', () => {
    const unmeasured = paperStatus({ ...status, experiments: [resnet, { ...vit, remainingSeconds: null }] })
    expect(missingOf(unmeasured, ['table-1']).seconds).toBeNull()
  })
})

describe('the question before a start', () => {
  it('names runs, experiments, the time at most, and what is left out', () => {
    expect(startQuestion(missingOf(status, []), 'the paper')).toEqual({
      title: 'Start what is missing of the paper?',
      text:
        '5 runs of 2 experiments will be queued. Training takes 1 h at most. ' +
        '2 analyses will be queued. 3 analyses can be started when their runs are done: press Start again then. ' +
        'Left out, because it cannot be trained here: BERT.',
      action: 'Start 5 runs',
    })
  })

  it('says that the time is unknown where it was not measured', () => {
    const unmeasured = paperStatus({ experiments: [paperExperiment({ file: 'table-8', runs: { missing: 1 } })] })
    expect(startQuestion(missingOf(unmeasured, []), 'Table 8')).toEqual({
      title: 'Start what is missing of Table 8?',
      text: '1 run of 1 experiment will be queued. How long they take is not known: Estimate measures it.',
      action: 'Start 1 run',
    })
  })

  it('is about analyses alone where all runs are done', () => {
    expect(startQuestion(missingOf(status, ['figure-3']), 'Figure 3').action).toBe('Start the analyses')
  })
})
