import { ExitlabError } from '../../../shared/error.ts'
import type { Latency } from '../../../shared/latency.ts'
import type { Store } from '../../store/open.ts'
import type { RunRow } from '../../store/runs.ts'
import { latenciesOf } from '../runs/latency-key.ts'

/**
 * The machine whose latencies the runs are read against: the one with the latest measurement among those on which the networks of all
 * were measured. @throws ExitlabError `conflict`, with the command that measures, where there is none.
 */
export function latencyMachine(store: Store, runs: readonly RunRow[]): string {
  const measured = runs.map((run) => ({ run, latencies: latencies(store, run) }))
  const missing = measured.filter((each) => each.latencies.length === 0).map(({ run }) => run)
  if (missing.length > 0) throw notMeasured(missing)
  const machines = measured.map((each) => each.latencies.map(({ machine }) => machine))
  const common = machines[0]!.filter((machine) => machines.every((each) => each.includes(machine)))
  if (common.length === 0) throw differentMachines(measured)
  return common[0]!
}

/** Latency of a run's network on that machine, for single samples: median milliseconds. */
export function latencyOn(store: Store, run: RunRow, machine: string): { backbone: number; exits: number[] } {
  const [single] = latencies(store, run).find((each) => each.machine === machine)!.batches
  return { backbone: single!.backbone.median, exits: single!.exits.map(({ median }) => median) }
}

const latencies = (store: Store, run: RunRow) => latenciesOf(store, store.series.get(run.seriesId).network)

function notMeasured(runs: readonly RunRow[]): ExitlabError {
  const names = runs.map(({ name }) => name).join(', ')
  return new ExitlabError(
    'conflict',
    `The latency of ${names} has not been measured, so ${runs.length === 1 ? 'it' : 'they'} cannot be read against milliseconds. Measure it on this machine.`,
    { command: ['latency', ...runs.map(({ id }) => id)] },
  )
}

function differentMachines(measured: readonly { run: RunRow; latencies: readonly Latency[] }[]): ExitlabError {
  const where = measured.map(({ run, latencies: [latest] }) => `${run.name} on ${latest!.machine}`)
  return new ExitlabError(
    'conflict',
    `The latencies of these runs were measured on different machines, or with different numbers of threads: ${where.join('; ')}. Measure all of them on this machine.`,
    { command: ['latency', ...measured.map(({ run }) => run.id)] },
  )
}
