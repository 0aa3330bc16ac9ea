import { createHash } from 'node:crypto'
import { canonicalJson, canonicalObject } from '../../../shared/canonical-json.ts'
import type { DataSpec } from '../../../shared/data.ts'
import type { ExperimentFile } from '../../../shared/experiment.ts'
import type { PhaseIdentity, RegimeName } from '../../../shared/phase.ts'
import type { ExperimentPlan, PlannedPhase } from '../../engine/plan.ts'

/** One link of a run's chain, addressed by what it is. */
export interface LineagePhase {
  id: string
  name: string
  identity: PhaseIdentity
  networkKind: 'backbone' | 'multi-exit'
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
  const data = withoutPath(file.data)
  const experimentId = sha256({ file: { ...withoutProbes(file), data }, network: plan.network, dataset }).slice(0, 16)
  const regimes = plan.regimes.map(({ regime, phases }) => ({ regime, phases: phases.map(kindOf) }))
  const textOf = rememberedTexts()
  const runs = file.seeds.flatMap((seed) =>
    regimes.map(({ regime, phases }) => ({
      id: sha256({ experimentId, regime, seed }).slice(0, 12),
      name: `${slug(file.name)}-${regime}-s${seed}`,
      regime,
      seed,
      phases: chain(phases, { data, dataset, training: file.training, seed }, textOf),
    })),
  )
  return { experimentId, runs }
}

/** The id of the phase that an identity is of. */
export function phaseIdOf(identity: PhaseIdentity): string {
  return sha256(identity)
}

/** Distinct phases of a lineage, in the order they are first needed. */
export function distinctPhases({ runs }: Lineage): LineagePhase[] {
  return [...new Map(runs.flatMap(({ phases }) => phases).map((phase) => [phase.id, phase])).values()]
}

type Shared = Pick<PhaseIdentity, 'data' | 'dataset' | 'training' | 'seed'>

/** A phase of a regime apart from seed and parent. */
type PhaseKind = Omit<LineagePhase, 'id' | 'identity'> & Pick<PhaseIdentity, 'network' | 'phase'>

function kindOf({ phase: { name, network: networkKind, ...phase }, network, numbers }: PlannedPhase): PhaseKind {
  return { name, networkKind, network, numbers, phase }
}

function chain(phases: readonly PhaseKind[], shared: Shared, textOf: (value: unknown) => string): LineagePhase[] {
  const links: LineagePhase[] = []
  for (const { name, networkKind, network, numbers, phase } of phases) {
    const parent = links.at(-1)?.id ?? null
    const identity: PhaseIdentity = { format: 1, network, ...shared, phase, parent }
    const texts = Object.entries(identity).map(([key, value]) => [key, textOf(value)])
    links.push({
      id: hash(canonicalObject(Object.fromEntries(texts) as Record<string, string>)),
      name,
      identity,
      networkKind,
      numbers,
    })
  }
  return links
}

/** Canonical JSON, written once for each object: the phases of thousands of runs differ in little. */
function rememberedTexts(): (value: unknown) => string {
  const texts = new Map<unknown, string>()
  return (value) => {
    const text = texts.get(value) ?? canonicalJson(value)
    if (typeof value === 'object') texts.set(value, text)
    return text
  }
}

/** What is measured on the way changes nothing of the outcome. */
function withoutProbes({ probes: _, ...settings }: ExperimentFile): Omit<ExperimentFile, 'probes'> {
  return settings
}

/** Where the images are read from does not change what is trained on them. */
export function withoutPath({ path: _, ...data }: ExperimentFile['data']): DataSpec {
  return data
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
