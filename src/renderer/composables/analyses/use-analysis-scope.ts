import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import { meaningOf } from '../../../shared/runs/references.ts'
import type { RunSummary } from '../../../shared/runs/runs.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { comparedRuns, experimentsOf } from '../compare/use-compared-runs.ts'
import { useAddress, useSettledAddress } from '../use-address.ts'
import { byRegimeAndSeed, experimentsWithResults, regimesOf, seedsOf } from './analysed-experiments.ts'
import type { AnalysedExperiment } from './analysed-experiments.ts'

export interface AnalysisScope {
  experiments: ComputedRef<AnalysedExperiment[]>
  /** Default: the newest of them, which then enters the address. Null: the address names none of them. */
  experiment: WritableComputedRef<string | null>
  /** Finished runs, by regime, then seed; those in the address, if it lists any. */
  runs: ComputedRef<RunSummary[]>
  /** Whether the address names runs, of one experiment or of several. */
  byHand: ComputedRef<boolean>
  /** Of the runs. */
  regimes: ComputedRef<string[]>
  seeds: ComputedRef<number[]>
  /** The selected runs; default: all. */
  chosenRegimes: WritableComputedRef<string[]>
  seed: WritableComputedRef<number | 'all'>
  /** Runs of the chosen regimes and seed; runs listed in the address are all chosen. */
  chosen: ComputedRef<RunSummary[]>
}

interface ScopeOptions {
  /** Selection without an address. Default: the first seed. */
  seed?: 'first' | 'all'
  /** Which of the regimes that there are. Default: all. */
  regimes?: (all: string[]) => string[]
}

/** Runs of an analysis screen, from its address: `?experiment=ID&regimes=a,b&seed=1`, or `?runs=A,B`. */
export function useAnalysisScope({
  seed: defaultSeed = 'first',
  regimes: defaultRegimes,
}: ScopeOptions = {}): AnalysisScope {
  const store = useRunsStore()
  const address = useAddress()

  const experiments = computed(() => experimentsWithResults(store.list))
  const named = computed(() => listOf(address.text('runs')))
  const byHand = computed(() => named.value.length > 0)
  const experiment = computed({
    get: () => {
      const asked = address.text('experiment')
      if (asked === null) return experiments.value[0]?.id ?? null
      // A name means the experiment that it means in a terminal, whether that has results yet or not.
      const [meant, ...others] = meaningOf(asked, experimentsOf(store.list)).meant
      const isKnown = others.length === 0 && experiments.value.some(({ id }) => id === meant?.id)
      return isKnown ? meant!.id : null
    },
    set: (id) => address.change({ experiment: id, runs: null, regimes: null, seed: null }, { step: true }),
  })
  useSettledAddress('experiment', () => (byHand.value ? null : experiment.value))
  const runs = computed(() => {
    if (byHand.value) return comparedRuns(named.value, store.list).done
    const own = store.list.filter(({ experimentId, status }) => experimentId === experiment.value && status === 'done')
    return byRegimeAndSeed(own)
  })
  const regimes = computed(() => regimesOf(runs.value))
  const seeds = computed(() => seedsOf(runs.value))
  const chosenRegimes = computed({
    get: () => {
      const asked = listOf(address.text('regimes'))
      const known = regimes.value.filter((regime) => asked.includes(regime))
      return known.length > 0 ? known : (defaultRegimes?.(regimes.value) ?? regimes.value)
    },
    set: (next) => address.change({ regimes: next.join(',') }),
  })
  const seed = computed<number | 'all'>({
    get: () => {
      const asked = address.text('seed')
      if (asked === 'all') return 'all'
      const defaultValue = defaultSeed === 'all' ? 'all' : (seeds.value[0] ?? 'all')
      return asked === null ? defaultValue : (seeds.value.find((each) => String(each) === asked) ?? defaultValue)
    },
    set: (next) => address.change({ seed: String(next) }),
  })
  const chosen = computed(() => {
    if (byHand.value) return runs.value
    const isChosen = ({ regime, seed: own }: RunSummary) =>
      chosenRegimes.value.includes(regime) && (seed.value === 'all' || own === seed.value)
    return runs.value.filter(isChosen)
  })
  return { experiments, experiment, runs, byHand, regimes, seeds, chosenRegimes, seed, chosen }
}

function listOf(text: string | null): string[] {
  return (text ?? '').split(',').filter((word) => word !== '')
}
