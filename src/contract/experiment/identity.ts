import type { DataSpec } from '../../shared/data/data.ts'
import type { ExperimentFile } from './experiment.ts'
import type { NetworkSpec } from '../../shared/network/network.ts'
import type { InitialState, PhaseDefinition } from './phase-definition.ts'
import type { JsonObject } from '../../shared/basics/json.ts'
import type { MethodOrigins } from '../../shared/methods/method-origin.ts'
import { type Baselines, leaveOutBaselines } from '../../shared/experiment/baselines.ts'

/**
 * Format 1 of what is hashed is the JSON of Exitlab 0.1.0, key by key: everything that can change an outcome, and nothing else
 * (docs/decisions/009-ids-stay.md). A key that is added gets a line here, and one in the test that shows the ids unchanged.
 */
const settings: Baselines = {
  'training.precision': 'float32',
  'training.algorithms': 'deterministic',
  'data.damagedImages': 'refuse',
  'training.optimiser': 'adamw',
  'training.weightDecayExcludes': [],
  'training.momentum': 0.9,
  'training.nesterov': false,
}
/** Keys below `phase`, `network`, `data`, `training`, … of a phase's definition. */
export const phaseBaselines: Baselines = { ...settings }
/** Keys of an experiment's file. */
export const experimentBaselines: Baselines = { ...settings }

/** Everything that can change the outcome of a phase; the SHA-256 of its canonical JSON is the phase's id. */
export function phaseIdentity(
  { phase: { name: _, network: __, ...phase }, network, initial, methods, ...definition }: PhaseDefinition,
  baselines = phaseBaselines,
): object {
  const content = { ...definition, network: identified(network), phase, ...hashesOf(methods), ...startOf(initial) }
  return leaveOutBaselines(content, baselines)
}

/** Of methods of extensions their content counts, not where it was; nothing where there are none. */
export const hashesOf = (methods: MethodOrigins | undefined): JsonObject =>
  methods === undefined
    ? {}
    : { methods: Object.fromEntries(Object.entries(methods).map(([name, { sha256 }]) => [name, sha256])) }

/**
 * Of a network from a file its graph and its buffers count, by their hashes; not how these are packed, what the network is called, and
 * what nothing reads.
 */
function identified({ packed: _, title: __, counters: ___, tied: ____, buffers, ...content }: NetworkSpec): object {
  return buffers ? { ...content, buffers: (buffers as { sha256: string }).sha256 } : content
}

/** Initial state of a phase. Format 1 had fresh weights and those of a parent. */
export function startOf(initial: InitialState): JsonObject {
  if (initial.kind === 'weights') {
    const { kind, sha256, heads } = initial
    return { parent: null, initial: { kind, sha256, ...(heads && { heads }) } }
  }
  return { parent: initial.kind === 'phase' ? initial.id : null }
}

interface ExperimentContent {
  file: ExperimentFile
  /** One series without a sweep of the network, else the series in their order. */
  network: NetworkSpec | NetworkSpec[]
  /** Fingerprint of the data set; as `network`. */
  dataset: string | string[]
  /** SHA-256 of the weights that it starts from; absent where it starts fresh. */
  weights?: string
  /** Of extensions; absent where it uses none. */
  methods?: MethodOrigins
}

/** Everything that identifies an experiment; measurements during training and paths of images and weights do not. */
export function experimentIdentity(
  {
    file: { probes: _, initial: __, extensions: ___, data, network: section, ...file },
    network,
    dataset,
    weights,
    methods,
  }: ExperimentContent,
  baselines = experimentBaselines,
): object {
  return {
    file: leaveOutBaselines({ ...file, network: withoutFile(section), data: withoutPath(data) }, baselines),
    network: Array.isArray(network) ? network.map(identified) : identified(network),
    dataset,
    ...(weights && { weights }),
    ...hashesOf(methods),
  }
}

/** The path of a network's file does not affect what is trained; its graph is in the network, its weights are hashed. */
const withoutFile = ({ file: _, ...network }: ExperimentFile['network']) => network

/** The paths of samples and tokenizer do not affect what is trained; their content is in the data set's fingerprint. */
export function withoutPath({ path: _, tokenizer: __, ...data }: ExperimentFile['data']): DataSpec {
  return data
}
