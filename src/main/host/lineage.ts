import { createHash } from 'node:crypto'
import { canonicalJson } from '../../shared/canonical-json.ts'
import type { DataSpec } from '../../shared/data.ts'
import type { ExperimentFile } from '../../shared/experiment.ts'
import type { PhaseIdentity, RegimeName } from '../../shared/phase.ts'
import type { ExperimentPlan, PlannedPhase } from '../engine/plan.ts'

/** One link of a run's chain, addressed by what it is. */
export interface LineagePhase {
  id: string
  name: string
  identity: PhaseIdentity
  networkKind: 'backbone' | 'multi-exit'
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
  const data = withoutPath(file.data)
  const experimentId = sha256({ file: { ...file, data }, network: plan.network, dataset }).slice(0, 16)
  const runs = file.seeds.flatMap((seed) =>
    plan.regimes.map(({ regime, phases }) => ({
      id: sha256({ experimentId, regime, seed }).slice(0, 12),
      name: `${slug(file.name)}-${regime}-s${seed}`,
      regime,
      seed,
      phases: chain(phases, { data, dataset, training: file.training, seed }),
    })),
  )
  return { experimentId, runs }
}

/** Distinct phases of a lineage, in the order they are first needed. */
export function distinctPhases({ runs }: Lineage): LineagePhase[] {
  return [...new Map(runs.flatMap(({ phases }) => phases).map((phase) => [phase.id, phase])).values()]
}

type Shared = Pick<PhaseIdentity, 'data' | 'dataset' | 'training' | 'seed'>

function chain(phases: readonly PlannedPhase[], shared: Shared): LineagePhase[] {
  const links: LineagePhase[] = []
  for (const { phase, network } of phases) {
    const { name, network: networkKind, ...rest } = phase
    const parent = links.at(-1)?.id ?? null
    const identity: PhaseIdentity = { format: 1, network, ...shared, phase: rest, parent }
    links.push({ id: sha256(identity), name, identity, networkKind })
  }
  return links
}

/** Where the images are read from does not change what is trained on them. */
export function withoutPath({ path: _, ...data }: ExperimentFile['data']): DataSpec {
  return data
}

function sha256(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex')
}

function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return words?.join('-') ?? 'run'
}
