import { computed } from 'vue'
import type { Ref } from 'vue'
import type { Progress } from '../../../../shared/phases/events.ts'
import type { EpochRecord, PhaseDetail, RunSummary } from '../../../../shared/runs/runs.ts'
import type { RunDetail } from '../../../../contract/run-detail.ts'
import { bytes, count, none, plural } from '../../../../shared/format/numbers.ts'
import { precisionWords } from '../../../../shared/experiment/precision.ts'
import { duration, when } from '../../../../shared/format/times.ts'
import { trainedElsewhere } from '../../../stores/shared-phases.ts'
import { patienceOf } from '../../domain/phase-setting.ts'
import { durationSeconds } from '../run-metrics.ts'
import type { Fact } from './FactList.vue'
import { useRequest } from '../../../composables/use-request.ts'
import { useHost } from '../../../api/host.ts'

interface Known {
  run: RunSummary
  detail: RunDetail
  phase: PhaseDetail | null
  record: EpochRecord | null
  progress: Progress | undefined
}

/** How far a run is and how it fares. */
export function progressFacts({ run, detail, phase, record, progress }: Known): Fact[] {
  if (phase === null) return [{ name: 'Phases', value: `${run.phases.length}, none started` }]
  const epochs = run.phases.find(({ id }) => id === phase.id)?.epochs ?? phase.epochs
  const patience = patienceOf(detail.file, phase)
  const elsewhere = trainedElsewhere(run)
  const facts: (Fact | false)[] = [
    { name: 'Phase', value: `${run.phases.findIndex(({ id }) => id === phase.id) + 1} of ${run.phases.length}, ${phase.name}` },
    { name: 'Epoch', value: run.status === 'done' ? `${count(epochs)}, ${endingOf(phase)}` : `${count(epochs)} of at most ${count(phase.maxEpochs)}` },
    elsewhere !== null && {
      name: 'Phase trained for',
      value: elsewhere.trainer.name,
      to: { name: 'run', params: { run: elsewhere.trainer.id } },
    },
    record !== null && patience !== null && {
      name: 'No exit improved for',
      value: `${record.epochsWithoutImprovement} of ${patience} epochs`,
    },
    phase.keptEpoch !== null && { name: 'Best checkpoint', value: `epoch ${count(phase.keptEpoch)}` },
    { name: 'Throughput', value: speedOf(progress?.imagesPerSecond ?? record?.imagesPerSecond) },
    record !== null && { name: 'Memory, peak', value: bytes(record.peakMemoryBytes) },
    progress !== undefined && {
      name: 'Time left, at most',
      value: progress.runSecondsLeftAtMost === null ? none : duration(progress.runSecondsLeftAtMost),
    },
    ...detail.phases.filter(({ shared }) => shared).map((each) => sharedFact(run, each)),
  ] // prettier-ignore
  return facts.filter((fact) => fact !== false)
}

const endingOf = ({ ended }: PhaseDetail) => (ended === 'early-stopping' ? 'stopped early' : 'maximum reached')
const speedOf = (rate: number | undefined) => (rate === undefined ? none : `${count(rate)} samples/s`)

function sharedFact(run: RunSummary, { name, runs }: PhaseDetail): Fact {
  const others = runs.length - 1
  return {
    name: `Shares ${name}`,
    value: `with ${plural(others, 'other run')}`,
    to: { name: 'run', params: { run: run.id } },
  }
}

/** Where a run comes from and when it ran. */
export function recordFacts(run: RunSummary, detail: RunDetail, nowMs: number): Fact[] {
  const took = durationSeconds(run, { nowMs })
  return [
    { name: 'Experiment', value: run.experiment },
    { name: 'Created', value: when(run.createdAt) },
    ...(run.startedAt === null ? [] : [{ name: 'Started', value: when(run.startedAt) }]),
    ...(run.finishedAt === null ? [] : [{ name: 'Finished', value: when(run.finishedAt) }]),
    ...(took === null ? [] : [{ name: 'Duration', value: duration(took) }]),
    { name: 'Network', value: `${detail.network.family}, ${detail.costs.exits.length} exits` },
    { name: 'Data', value: detail.file.data.source },
    { name: 'Precision', value: precisionWords(detail.file.training) },
    { name: 'Id', value: run.id },
  ]
}

/** What the list of runs does not know of one of them. Asked again when it comes to another phase or epoch. */
export function useRunFacts(run: Ref<RunSummary>) {
  const { client } = useHost()
  // Text, so that an epoch does not ask for everything again.
  const stage = computed(() =>
    [run.value.id, run.value.status, ...run.value.phases.map(({ status }) => status)].join(' '),
  )
  const detail = useRequest(() => (void stage.value, client.runs.show({ run: stage.value.split(' ')[0]! })))
  const latest = computed(() => run.value.phases.findLast(({ epochs }) => epochs > 0) ?? null)
  const last = useRequest(() => {
    if (latest.value === null) return null
    const { id, epochs } = latest.value
    return client.runs
      .epochs({ phase: id, after: epochs - 1 })
      .then(({ records }) => ({ phase: id, record: records.at(-1) ?? null }))
  })
  const own = computed(() => (detail.data.value?.id === run.value.id ? detail.data.value : null))
  return {
    detail,
    /** The phase that trains, else the last one that has epochs. */
    phase: computed<PhaseDetail | null>(() => {
      const running = run.value.phases.find(({ status }) => status === 'running')
      const id = (running ?? latest.value)?.id
      return own.value?.phases.find((phase) => phase.id === id) ?? null
    }),
    /** Its last epoch. */
    record: computed<EpochRecord | null>(() =>
      last.data.value?.phase === latest.value?.id ? (last.data.value?.record ?? null) : null,
    ),
  }
}
