import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { ExitId } from '../../../../src/shared/evaluation/exit-id.ts'
import type { HostEvent } from '../../../../src/shared/phases/events.ts'
import { bench, experiment, until, type Bench, enrolled } from '../support.ts'

const epochsOfPhase = 2
const stepsPerEpoch = 3
/** Steps within a phase’s second epoch at which training waits, phase by phase: each is behind those of the phases to come. */
const holds = [5, 4]

interface Seen {
  phase: string
  /** Exits that the epoch event, the stored metrics, the summary and the detail of the phase tell of. */
  event: ExitId[]
  stored: ExitId[]
  summary: ExitId[]
  detail: ExitId[]
}

/** Trains one run phase by phase and looks at each after its first epoch. */
async function watched(client: HostClient, { script }: Bench, regime: 'branch-wise' | 'separate' | 'disjoint') {
  const { cursor } = await client.runs.snapshot()
  const events = (await client.events.follow({ after: cursor }))[Symbol.asyncIterator]()
  const runs = await enrolled(client, experiment({ regimes: [regime] }))
  const seen: Seen[] = []
  for (const [index, { id, name }] of runs[0]!.phases.entries()) {
    const event = await firstEpoch(events, { phase: id, hold: holds[index]! })
    const { latest } = await until(async () => {
      const [run] = await client.runs.list({ runs: [runs[0]!.id] })
      return run!.latest?.epoch === index * epochsOfPhase + 1 && run
    })
    const { metrics } = await client.runs.epochs({ phase: id })
    const { phases } = await client.runs.show({ run: runs[0]!.id })
    seen.push({
      phase: name,
      event: exitsOf(event.metrics),
      stored: exitsOf(metrics),
      summary: latest!.exits.map(({ exit }) => exit),
      detail: phases[index]!.exits,
    })
    script({ holdAtStep: holds[index + 1] ?? null })
  }
  return seen
}

/** The first epoch of a phase, once its training waits at the step of the second one that it is to wait at. */
async function firstEpoch(events: AsyncIterator<HostEvent>, { phase, hold }: { phase: string; hold: number }) {
  for (let epoch: Extract<HostEvent, { type: 'epoch' }> | null = null; ;) {
    const { value } = (await events.next()) as { value: HostEvent }
    if (value.type === 'epoch' && value.phase === phase) epoch = value
    const waits =
      value.type === 'progress' && value.progress.epoch === 1 && value.progress.batch === hold - stepsPerEpoch
    if (epoch !== null && waits) return epoch
  }
}

function exitsOf(metrics: readonly { exit: ExitId; split: string }[]): ExitId[] {
  return metrics.filter(({ split }) => split === 'validation').map(({ exit }) => exit)
}

// The toy network has one head: the first place is the head's in one phase and the final classifier's in another.
test.each([
  ['branch-wise', { 'branch 0': [0], 'branch final': ['final'] }],
  ['separate', { 'exits up to 0': [0], 'exits up to final': [0, 'final'] }],
  ['disjoint', { backbone: ['final'], heads: [0, 'final'] }],
] as const)('each phase of %s training tells of which exits its accuracies are', async (regime, expected) => {
  const place = bench({ holdAtStep: holds[0]! })
  const { client } = await place.open()
  expect(await watched(client, place, regime)).toEqual(
    Object.entries(expected).map(([phase, exits]) => ({
      phase,
      event: exits,
      stored: exits,
      summary: exits,
      detail: exits,
    })),
  )
})
