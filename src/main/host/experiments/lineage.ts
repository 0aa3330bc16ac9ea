import { hash } from 'node:crypto'
import { distinctBy } from '../../../shared/basics/distinct.ts'
import { canonicalJson, canonicalObject } from '../../../shared/basics/canonical-json.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { experimentIdentity, phaseIdentity, startOf } from '../../../contract/experiment/identity.ts'
import { settingsOfPhases } from '../../../contract/experiment/phase-settings.ts'
import { originsIn } from '../../../contract/experiment/stored-methods.ts'
import type { NetworkSpec } from '../../../shared/network/network.ts'
import type { InitialState, PhaseDefinition } from '../../../contract/experiment/phase-definition.ts'
import type { Costs } from '../../../shared/runs/runs.ts'
import { seriesNames, type Series } from '../../../shared/experiment/series.ts'
import type { ExperimentPlan, PlannedPhase } from '../../../engine/plan.ts'
import { itemsPerTurn } from '../../execution/threads/in-turns.ts'

/** One link of a run's chain, addressed by what it is. */
export interface LineagePhase {
  id: string
  definition: PhaseDefinition
  /** What it has in common with the phases of other seeds. */
  unseeded: UnseededPhase
}

/** A series with what can be said of it before anything is trained. */
export interface PlannedSeries extends Series {
  /** The experiment under its settings. */
  file: ExperimentFile
  /** Fingerprint of its data set. */
  dataset: string
  network: NetworkSpec
  costs: Costs
  phases: PlannedPhase[]
  /** A file that phases start from which start from no other phase. */
  weights: StartFile | null
}

/** A file of weights that an experiment starts from. */
export interface StartFile {
  sha256: string
  /** Absolute path. */
  source: string
}

type LineageSeries = Series & Pick<PlannedSeries, 'network' | 'costs'> & { name: string }

export interface LineageRun {
  id: string
  name: string
  series: LineageSeries
  seed: number
  phases: LineagePhase[]
}

export interface Lineage {
  experimentId: string
  series: LineageSeries[]
  seeds: readonly number[]
  /** Runs of a seed, series by series; made at each call, as those of a hundred thousand seeds would fill the memory. */
  runsOf(seed: number): LineageRun[]
}

/** The series of an experiment under one choice of what it sweeps: one a regime. */
export function plannedSeries(
  { file, settings, weights = null }: Pick<PlannedSeries, 'file' | 'settings'> & { weights?: StartFile | null },
  { regimes }: Pick<ExperimentPlan, 'regimes'>,
  dataset: string,
): PlannedSeries[] {
  return regimes.map((regime) => ({ ...regime, settings, file, dataset, weights }))
}

/**
 * Unfolds an experiment into its runs (series × seed) and their chains of phases. A phase's id is the SHA-256 of everything
 * that can change its outcome, its parent's id included, so phases that are the same training have the same id in every run.
 */
export function lineageOf(file: ExperimentFile, planned: readonly PlannedSeries[]): Lineage {
  const network = oneOrAll(planned.map((each) => each.network))
  const dataset = oneOrAll(planned.map((each) => each.dataset))
  const weights = planned[0]?.weights?.sha256
  const methods = originsIn(file)
  const experimentId = sha256(experimentIdentity({ file, network, dataset, weights, methods })).slice(0, 16)
  const names = seriesNames(planned)
  const all = planned.map(({ regime, settings, network, costs, ...plan }, index) => ({
    series: { regime, settings, network, costs, name: names[index]! },
    swept: Object.keys(settings).length === 0 ? {} : { settings },
    name: `${slug(file.name)}-${slug(names[index]!)}`,
    phases: unseededPhases(plan),
  }))
  return {
    experimentId,
    series: all.map(({ series }) => series),
    seeds: file.seeds,
    runsOf: (seed) =>
      all.map(({ series, swept, name, phases }) => ({
        id: sha256({ experimentId, regime: series.regime, seed, ...swept }).slice(0, 12),
        name: `${name}-s${seed}`,
        series,
        seed,
        phases: chain(phases, seed),
      })),
  }
}

/** Seeds that are worked on before other requests are answered. */
export const seedsPerTurn = ({ series }: Lineage) => Math.max(1, Math.floor(itemsPerTurn / series.length))

/** Equal values once. Where nothing is swept that changes them there is one, as in experiments that sweep nothing. */
function oneOrAll<Value>(values: readonly Value[]): Value | Value[] {
  return new Set(values.map(canonicalJson)).size === 1 ? values[0]! : [...values]
}

function unseededPhases({
  file,
  dataset,
  phases,
  weights,
}: Pick<PlannedSeries, 'file' | 'dataset' | 'phases' | 'weights'>): UnseededPhase[] {
  const settings = settingsOfPhases(file, phases.map(({ written }) => written)) // prettier-ignore
  return phases.map(({ phase, network, fresh, from, start, numbers }, index) => {
    const { data, training } = settings[index]!
    const content = { format: 1, data, dataset, training, phase, network } as const
    const methods = originsIn(content)
    const definition = methods ? { ...content, methods } : content
    const first: FirstState = weights
      ? { kind: 'weights', ...weights, ...(start?.heads && { heads: true }) }
      : { kind: 'fresh' }
    return { definition, texts: textsOfAllSeeds(definition), fresh, from, first, numbers }
  })
}

type FirstState = Exclude<InitialState, { kind: 'phase' }>

/** Distinct phases of runs, in the order they are first needed. Those of two seeds are never the same. */
export function distinctPhases(runs: readonly LineageRun[]): LineagePhase[] {
  return distinctBy(
    runs.flatMap(({ phases }) => phases),
    ({ id }) => id,
  )
}

/** Distinct phases of all seeds, for experiments of few. */
export const allPhases = ({ seeds, runsOf }: Lineage): LineagePhase[] =>
  seeds.flatMap((seed) => distinctPhases(runsOf(seed)))

/** A phase of a regime before it is known of which seed and parent. `texts`: canonical JSON of each key of its identity. */
export interface UnseededPhase extends Pick<PlannedPhase, 'fresh' | 'from' | 'numbers'> {
  definition: Omit<PhaseDefinition, 'seed' | 'initial'>
  /** What it starts from where it starts from no other phase. */
  first: FirstState
  texts: Record<string, string>
}

/** Fields common to all seeds are serialised once: the phases of thousands of runs differ in little. */
function textsOfAllSeeds(definition: UnseededPhase['definition']): UnseededPhase['texts'] {
  return textsOf(phaseIdentity({ ...definition, seed: 0, initial: { kind: 'fresh' } }))
}

const textsOf = (object: object) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, canonicalJson(value)]))

function chain(phases: readonly UnseededPhase[], seed: number): LineagePhase[] {
  const links: LineagePhase[] = []
  for (const unseeded of phases) {
    const { definition, texts, fresh, from, first } = unseeded
    const initial: InitialState = from === null ? first : { kind: 'phase', id: links[from]!.id, fresh }
    const id = hash('sha256', canonicalObject({ ...texts, seed: canonicalJson(seed), ...textsOf(startOf(initial)) }))
    links.push({ id, definition: { ...definition, seed, initial }, unseeded })
  }
  return links
}

function sha256(value: unknown): string {
  return hash('sha256', canonicalJson(value))
}

/** Letters and digits of any script, in lower case; Latin letters without accents. */
function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return words?.join('-') ?? 'run'
}
