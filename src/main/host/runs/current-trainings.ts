import type { CurrentTraining } from '../../../contract/system.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'

/** Runs that are being trained or evaluated, in queue order, with the phase that each is at. */
export function currentTrainings(store: Store): CurrentTraining[] {
  return store.runs.withStatus('running').map(({ id, name }) => {
    const phase = store.phases.chain(id).find(({ status }) => status === 'running')
    return { run: { id, name }, phase: phase === undefined ? null : progressOf(store, { run: id, phase }) }
  })
}

function progressOf(store: Store, { run, phase }: { run: string; phase: PhaseRow }): CurrentTraining['phase'] {
  const { id, definition, epochs, batchesPerEpoch } = phase
  const { name } = definition.phase
  const { epochs: maxEpochs, batchSize } = definition.training
  const sample = store.stepSamples.latest(id)
  const imagesPerSecond = sample?.imagesPerSecond ?? store.epochs.after(id, epochs - 1).at(-1)?.imagesPerSecond ?? null
  const atThisPace = batchesPerEpoch && imagesPerSecond ? (batchesPerEpoch * batchSize) / imagesPerSecond : null
  const perEpoch = store.epochs.pace({ phase: id, run }) ?? atThisPace
  const begun = sample?.epoch === epochs + 1 && batchesPerEpoch ? sample.batch / batchesPerEpoch : 0
  const secondsLeftAtMost = perEpoch === null ? null : perEpoch * (maxEpochs - epochs - begun)
  return { id, name, epochs, maxEpochs, imagesPerSecond, secondsLeftAtMost }
}
