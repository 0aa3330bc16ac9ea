import { createHash } from 'node:crypto'
import { canonicalJson, canonicalObject } from '../../../shared/canonical-json.ts'
import type { ExperimentFile } from '../../../shared/experiment.ts'
import { experimentIdentity, phaseIdentity, withoutPath } from '../../../shared/identity/identity.ts'
import type { InitialState, PhaseDefinition, RegimeName } from '../../../shared/phase.ts'
import type { ExperimentPlan, PlannedPhase } from '../../engine/plan.ts'

/** One link of a run's chain, addressed by what it is. */
export interface LineagePhase {
  id: string
  definition: PhaseDefinition
  numbers: PlannedPhase['numbers']
}

export interface LineageRun {
  id: string
  name: string
  regime: RegimeName
  seed: number
  phases: LineagePhase[]
}

export interface Lineage {
  experimentId: string
  runs: LineageRun[]
}

/**
 * Unfolds an experiment into its runs (regime × seed) and their chains of phases. A phase's id is the SHA-256 of everything
 * that can change its outcome, its parent's id included, so phases that are the same training have the same id in every run.
 */
export function lineageOf(file: ExperimentFile, plan: ExperimentPlan, dataset: string): Lineage {
  const experimentId = sha256(experimentIdentity({ file, network: plan.network, dataset })).slice(0, 16)
  const shared = { format: 1, data: withoutPath(file.data), dataset, training: file.training } as const
  const regimes = plan.regimes.map(({ regime, phases }) => ({
    regime,
    phases: phases.map(({ phase, network, fresh, numbers }) => ({
      ...unseeded({ ...shared, phase, network }),
      fresh,
      numbers,
    })),
  }))
  const runs = file.seeds.flatMap((seed) =>
    regimes.map(({ regime, phases }) => ({
      id: sha256({ experimentId, regime, seed }).slice(0, 12),
      name: `${slug(file.name)}-${regime}-s${seed}`,
      regime,
      seed,
      phases: chain(phases, seed),
    })),
  )
  return { experimentId, runs }
}

/** The id of the phase that has this definition. */
export function phaseIdOf(definition: PhaseDefinition): string {
  return sha256(phaseIdentity(definition))
}

/** Distinct phases of a lineage, in the order they are first needed. */
export function distinctPhases({ runs }: Lineage): LineagePhase[] {
  return [...new Map(runs.flatMap(({ phases }) => phases).map((phase) => [phase.id, phase])).values()]
}

/** A phase of a regime before it is known of which seed and parent. `texts`: canonical JSON of each key of its identity. */
interface UnseededPhase {
  definition: Omit<PhaseDefinition, 'seed' | 'initial'>
  texts: Record<string, string>
}

/** What all seeds have in common is written as text once: the phases of thousands of runs differ in little. */
function unseeded(definition: UnseededPhase['definition']): UnseededPhase {
  const identity = Object.entries(phaseIdentity({ ...definition, seed: 0, initial: { kind: 'fresh' } }))
  return { definition, texts: Object.fromEntries(identity.map(([key, value]) => [key, canonicalJson(value)])) }
}

function chain(
  phases: readonly (UnseededPhase & Pick<PlannedPhase, 'fresh' | 'numbers'>)[],
  seed: number,
): LineagePhase[] {
  const links: LineagePhase[] = []
  for (const { definition, texts, fresh, numbers } of phases) {
    const parent = links.at(-1)?.id ?? null
    const initial: InitialState = parent === null ? { kind: 'fresh' } : { kind: 'phase', id: parent, fresh }
    const id = hash(canonicalObject({ ...texts, seed: canonicalJson(seed), parent: canonicalJson(parent) }))
    links.push({ id, definition: { ...definition, seed, initial }, numbers })
  }
  return links
}

function sha256(value: unknown): string {
  return hash(canonicalJson(value))
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Letters and digits of any script, in small letters; those of Latin without their accents. */
function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu)
  return words?.join('-') ?? 'run'
}
