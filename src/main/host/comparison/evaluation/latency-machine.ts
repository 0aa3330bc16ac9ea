import { ExitlabError } from '../../../../shared/basics/error.ts'
import { plural } from '../../../../shared/format/numbers.ts'
import type { Latency } from '../../../../shared/evaluation/latency.ts'
import { firstOf } from '../../../../shared/format/lists.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { latenciesOf, latencyKey } from '../../runs/latency-key.ts'

/**
 * The machine whose latencies the runs are read against: the one with the latest measurement among those on which the networks of all
 * were measured. @throws ExitlabError `conflict`, with the command that measures, where there is none.
 */
export function latencyMachine(store: Store, runs: readonly RunRow[]): string {
  const measured = runs.map((run) => ({ run, latencies: latencies(store, run) }))
  const missing = measured.filter((each) => each.latencies.length === 0).map(({ run }) => run)
  if (missing.length > 0) throw notMeasured(missing, { runs, command: measuring(store, missing) })
  const machines = measured.map((each) => each.latencies.map(({ machine }) => machine))
  const common = machines[0]!.filter((machine) => machines.every((each) => each.includes(machine)))
  if (common.length === 0) throw differentMachines(measured, { command: measuring(store, runs) })
  return common[0]!
}

/** Latency of a run's network on that machine, for single samples: median milliseconds. */
export function latencyOn(store: Store, run: RunRow, machine: string): { backbone: number; exits: number[] } {
  const [single] = batchesOn(store, run, machine)
  return { backbone: single!.backbone.median, exits: single!.exits.map(({ median }) => median) }
}

/** Latency of the networks of runs by their ids, on the machine that they are read against. @throws as `latencyMachine`. */
export function latenciesOnOne(store: Store, runs: readonly RunRow[]) {
  const machine = latencyMachine(store, runs)
  return { machine, of: new Map(runs.map((run) => [run.id, batchesOn(store, run, machine)])) }
}

const batchesOn = (store: Store, run: RunRow, machine: string): Latency['batches'] =>
  latencies(store, run).find((each) => each.machine === machine)!.batches

const latencies = (store: Store, run: RunRow) => latenciesOf(store, store.series.get(run.seriesId).network)

/** Command that measures the networks of runs, each of which one run stands for. */
function measuring(store: Store, runs: readonly RunRow[]): string[] {
  const byNetwork = new Map(
    runs.toReversed().map(({ id, seriesId }) => [latencyKey(store.series.get(seriesId).network), id]),
  )
  return ['latency', ...[...byNetwork.values()].toReversed()]
}

function notMeasured(
  missing: readonly RunRow[],
  { runs, command }: { runs: readonly RunRow[]; command: string[] },
): ExitlabError {
  const names = firstOf(
    missing.map(({ name }) => name),
    mostNamed,
  )
  const of = missing.length === 1 ? names : `${missing.length} of ${plural(runs.length, 'run')} (${names})`
  return new ExitlabError(
    'conflict',
    `The latency of ${of} has not been measured, so ${missing.length === 1 ? 'it' : 'they'} cannot be read against milliseconds. Measure it on this machine; runs with the same network share it.`,
    { command },
  )
}

function differentMachines(
  measured: readonly { run: RunRow; latencies: readonly Latency[] }[],
  { command }: { command: string[] },
): ExitlabError {
  const where = measured.map(({ run, latencies: [latest] }) => `${run.name} on ${latest!.machine}`)
  return new ExitlabError(
    'conflict',
    `The latencies of these runs were measured on different machines, or with different numbers of threads: ${firstOf(where, mostNamed, '; ')}. Measure all of them on this machine.`,
    { command },
  )
}

/** Names in a message at most. */
const mostNamed = 3
