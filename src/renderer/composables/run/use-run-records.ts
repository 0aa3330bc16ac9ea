import { ref, shallowRef, watch } from 'vue'
import type { Ref, ShallowRef } from 'vue'
import { useRequest } from '../use-request.ts'
import type { LogLine, StepSample } from '../../../shared/runs/runs.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useHost } from '../../api/host.ts'
import type { EpochDominance } from '../../../shared/evaluation/dominance.ts'
import type { Progress } from '../../../shared/phases/events.ts'

interface Growing<Row> {
  rows: ShallowRef<readonly Row[]>
  loading: Ref<boolean>
  error: Ref<string | null>
  /** When they were last fetched, in milliseconds since 1970; null: not yet. */
  readAt: Ref<number | null>
  /** Adds rows from events, without those already known. */
  add(rows: readonly Row[]): void
  /** Fetches what came after the last known row. */
  refresh(): Promise<void>
}

interface GrowingOptions<Row> {
  /** Owner of the rows; null: none yet. */
  of: () => string | null
  /** Rows after a cursor, ascending; 0: from the beginning. */
  fetch(of: string, after: number): Promise<readonly Row[]>
  cursor(row: Row): number
  /** Older rows than so many are let go. */
  atMost: number
}

/** Append-only rows, such as a log: only rows after the last known one are fetched. */
function useGrowing<Row>({ of, fetch, cursor, atMost }: GrowingOptions<Row>): Growing<Row> {
  const rows = shallowRef<readonly Row[]>([])
  const readAt = ref<number | null>(null)
  let held: { of: string | null; rows: readonly Row[] } = { of: null, rows: [] }
  const last = () => (held.rows.length === 0 ? 0 : cursor(held.rows.at(-1)!))

  /** Of events, before all that is older is here: they wait for it, as only rows behind the last one are taken. */
  let early: Row[] = []
  let isWhole = false

  function add(more: readonly Row[]): void {
    if (isWhole) append(more)
    else early.push(...more)
  }

  function append(more: readonly Row[]): void {
    const newer = more.filter((row) => cursor(row) > last())
    if (newer.length > 0) held = { ...held, rows: [...held.rows, ...newer].slice(-atMost) }
    rows.value = held.rows
  }

  const { loading, error, refresh } = useRequest(() => {
    const wanted = of()
    if (wanted !== held.of) {
      held = { of: wanted, rows: [] }
      rows.value = []
      readAt.value = null
      early = []
    }
    isWhole = false
    if (wanted === null) return null
    return fetch(wanted, last()).then((more) => {
      if (held.of !== wanted) return
      append(more)
      append(early)
      early = []
      isWhole = true
      readAt.value = Date.now()
    })
  })
  return { rows, loading, error, readAt, add, refresh }
}

/** Lines that the page holds of one log; the newest are kept. */
export const heldLogLines = 5000

/** The end of the log of a run and of its phases, which continues to grow. */
export function useLog(run: () => string | null, phases: () => readonly string[]): Growing<LogLine> {
  const { client } = useHost()
  const log = useGrowing<LogLine>({
    of: run,
    fetch: (of, after) =>
      client.runs.log({
        run: of,
        after,
        from: after === 0 ? 'end' : 'start',
        limit: after === 0 ? heldLogLines : 10_000,
      }),
    cursor: ({ id }) => id,
    atMost: heldLogLines,
  })
  const belongs = ({ run: of, phase }: LogLine) => of === run() || (phase !== null && phases().includes(phase))
  useRunsStore().onLog((line) => {
    if (belongs(line)) log.add([line])
  })
  return log
}

const mostEpochs = 100_000

/** Gradient dominance of a phase over its epochs; new measurements are added. */
export function useDominance(phase: () => string | null): Growing<EpochDominance> {
  const { client } = useHost()
  const dominance = useGrowing<EpochDominance>({
    of: phase,
    fetch: (of, after) => client.runs.dominance({ phase: of, after }),
    cursor: ({ epoch }) => epoch,
    atMost: mostEpochs,
  })
  useRunsStore().onEpoch(({ phase: of, dominance: measured }) => {
    if (of !== phase() || measured === null) return
    const last = dominance.rows.value.at(-1)?.epoch ?? 0
    if (measured.epoch === last + 1) dominance.add([measured])
    else void dominance.refresh()
  })
  return dominance
}

const longestHistory = 20_000
const pollMilliseconds = 5000

/** Throughput and memory of a phase; while it trains, new samples are fetched every few seconds. */
export function useSamples(phase: () => string | null, progress: () => Progress | null): Growing<StepSample> {
  const { client } = useHost()
  const samples = useGrowing<StepSample>({
    of: phase,
    fetch: (of, after) => client.runs.samples({ phase: of, after }),
    cursor: ({ at }) => at,
    atMost: longestHistory,
  })
  let asked = Date.now()
  watch(progress, (moment) => {
    if (moment?.phase !== phase() || Date.now() - asked < pollMilliseconds) return
    asked = Date.now()
    void samples.refresh()
  })
  return samples
}
