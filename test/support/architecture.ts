import { posix } from 'node:path'

/**
 * Who may import whom: the one table behind the lint rule and test/architecture.test.ts. Paths are relative to the
 * repository's root, with forward slashes.
 */
export interface Area {
  /** A file, a folder with its slash, or an expression for files. The longest path that fits a file is the file's area. */
  path: string | RegExp
  /** Areas that its files may import, besides their own. */
  imports: readonly string[]
}

const engine = (path: string, imports: readonly string[]): Area => ({
  path: `src/engine/${path}`,
  imports: ['shared', ...imports],
})
const engineFolders = [
  'engine/layers',
  'engine/heads',
  'engine/networks',
  'engine/cost',
  'engine/regimes',
  'engine/losses',
  'engine/objectives',
  'engine/optimisers',
  'engine/tasks',
  'engine/training',
  'engine/data',
  'engine/exits',
  'engine/evaluation',
  'engine/features',
  'engine/matching',
  'engine/onnx-export',
  'engine/analyses',
]
const tensors = ['engine/tf', 'engine/random']
/** What any file of the window may import. */
const pure = ['contract', 'experiment', 'figures', 'shared', 'analyses', 'analyses/data', 'readings', 'readings/data']
/** A file of every analysis's folder, or a folder of that name beside it. */
const ofAnalyses = (name: string) => new RegExp(`^src/readings/analyses/[^/]+/${name}(\\.|/)`)
/** The same of readings. */
const ofReadings = (name: string) => new RegExp(`^src/readings/(?!analyses/)[^/]+/${name}(\\.|/)`)

/** A folder of the host. */
const host = (folder: string, imports: readonly string[]): Area => ({
  path: `src/main/host/${folder}/`,
  imports: [
    'shared',
    'experiment',
    'contract',
    'analyses',
    'readings',
    'readings/data',
    'files',
    'extensions/kept',
    ...imports,
  ],
})
/** Its rooms, below what opens it and what answers for it. */
const hostRooms = [
  'host/runs',
  'host/data',
  'host/workspace',
  'host/queue',
  'host/imports',
  'host/experiments',
  'host/comparison',
  'host/analyses',
  'host/search',
  'host/exports',
  'host/paper',
]

/** From the ground up: an area imports only those before it. */
export const areas: Record<string, Area> = {
  shared: { path: 'src/shared/', imports: [] },
  // Parsing alone: what is in a file, not what it means.
  'onnx-file': { path: 'src/shared/onnx-file/', imports: ['shared'] },
  figures: { path: 'src/figures/', imports: ['shared'] },

  'engine/tensorflow': engine('tensorflow/', []),
  // docs/decisions/016-two-decoders.md
  'engine/jpeg-decoder': engine('tensorflow/jpeg-decoder.ts', ['engine/tensorflow']),
  'engine/tf': engine('tf.ts', ['engine/tensorflow']),
  'engine/random': engine('random.ts', []),
  'engine/layers': engine('layers/', [...tensors]),
  'engine/heads': engine('heads/', [...tensors, 'engine/layers']),
  'engine/networks': engine('networks/', [...tensors, 'engine/heads', 'engine/layers', 'onnx-file']),
  'engine/cost': engine('cost/', ['engine/networks', 'engine/layers']),
  'engine/regimes': engine('regimes/', ['engine/networks']),
  'engine/losses': engine('losses/', [...tensors]),
  'engine/objectives': engine('objectives/', ['engine/cost', 'engine/losses', 'engine/networks']),
  'engine/optimisers': engine('optimisers/', [...tensors]),
  'engine/exits': engine('exits/', []),
  'engine/evaluation': engine('evaluation/', ['engine/exits']),
  'engine/tasks': engine('tasks/', ['engine/tf', 'engine/exits', 'engine/evaluation']),
  'engine/training': engine('training/', [
    ...tensors,
    'engine/losses',
    'engine/objectives',
    'engine/optimisers',
    'engine/tasks',
    'engine/regimes',
    'engine/networks',
    'engine/layers',
    'engine/heads',
  ]),
  'engine/data': engine('data/', ['engine/random', 'engine/training']),
  'engine/matching': engine('matching/', [...tensors, 'engine/training', 'engine/networks', 'engine/layers']),
  'engine/onnx-export': engine('onnx-export/', [...tensors, 'engine/training', 'engine/networks', 'engine/layers']),
  'engine/analyses': engine('analyses/', [
    ...tensors,
    'engine/evaluation',
    'engine/matching',
    'engine/training',
    'engine/networks',
    'engine/layers',
    'engine/data',
  ]),
  'engine/features': engine('features/', [
    ...tensors,
    'engine/analyses',
    'engine/training',
    'engine/cost',
    'engine/networks',
    'engine/layers',
    'engine/data',
  ]),
  'engine/index': engine('index.ts', ['engine/tf', ...engineFolders]),
  // docs/decisions/002-host-uses-pure-engine.md
  'engine/plan': engine('plan.ts', [
    'engine/networks',
    'engine/layers',
    'engine/cost',
    'engine/regimes',
    'engine/objectives',
    'engine/optimisers',
  ]),
  'engine/pure': engine('pure.ts', ['engine/tensorflow', 'engine/evaluation', 'engine/exits', 'engine/data']),

  files: { path: 'src/files/', imports: ['shared'] },
  datasets: { path: 'src/datasets/', imports: ['engine/data', 'engine/jpeg-decoder', 'files', 'shared'] },
  // Extensions as files, and which of them a process has.
  'extensions/kept': {
    path: /^src\/main\/extensions\/(archive|keep|launch)\.ts$/,
    imports: ['files', 'shared'],
  },
  // What describes methods: experiment file, phase, identity, jobs of trainers.
  experiment: { path: 'src/contract/experiment/', imports: ['shared'] },

  // Schemas, and what is read off results.
  'analyses/data': { path: 'src/readings/analyses/', imports: ['engine/analyses', 'figures', 'shared'] },
  'analyses/compute': {
    path: ofAnalyses('compute'),
    imports: ['analyses/data', 'shared', 'engine/tf', 'engine/random', ...engineFolders],
  },
  'analyses/figure': { path: ofAnalyses('figure'), imports: ['analyses/data', 'figures', 'shared'] },
  'analyses/table': { path: ofAnalyses('table'), imports: ['analyses/figure', 'analyses/data', 'figures', 'shared'] },
  // What an analysis is made of, each part loaded where it is needed.
  'analyses/entry': {
    path: ofAnalyses('index'),
    imports: ['analyses/data', 'analyses/compute', 'analyses/table', 'analyses/figure'],
  },
  analyses: { path: 'src/readings/analyses/index.ts', imports: ['analyses/entry', 'analyses/data', 'shared'] },

  // Questions and answers, and what is read off these.
  'readings/data': { path: 'src/readings/', imports: ['engine/evaluation', 'figures', 'shared'] },
  'readings/compute': {
    path: ofReadings('compute'),
    imports: ['readings/data', 'engine/evaluation', 'engine/exits', 'shared'],
  },
  'readings/figure': { path: ofReadings('figure'), imports: ['readings/data', 'analyses/figure', 'figures', 'shared'] },
  'readings/table': { path: ofReadings('table'), imports: ['readings/data', 'analyses/table', 'figures', 'shared'] },
  // What a reading is made of, each part loaded where it is needed.
  'readings/entry': {
    path: ofReadings('index'),
    imports: ['readings/data', 'readings/compute', 'readings/table', 'readings/figure', 'shared'],
  },
  readings: { path: /^src\/readings\/(index|ask)\.ts$/, imports: ['readings/entry', 'readings/data', 'shared'] },

  // What extensions import, and nothing else does.
  extension: {
    path: /^src\/(main\/extensions\/extension|engine\/extension-engine)\.ts$/,
    imports: [
      'engine/pure',
      ...tensors,
      ...engineFolders,
      'files',
      'datasets',
      'analyses/data',
      'readings/data',
      'figures',
      'shared',
    ],
  },
  // Reads the files of extensions, runs their code and registers their methods.
  extensions: {
    path: 'src/main/extensions/',
    imports: ['extensions/kept', 'analyses', 'readings/data', 'readings', 'files', 'shared'],
  },

  // The contract describes the data that figures draw.
  contract: {
    path: 'src/contract/',
    imports: ['experiment', 'figures', 'analyses', 'readings', 'readings/data', 'shared'],
  },

  // Work in threads of the same process.
  threads: { path: 'src/main/execution/threads/', imports: ['extensions/kept', 'shared'] },
  // Phases in folders, which hosts, trainers and people share.
  depot: {
    path: 'src/main/execution/depot/',
    imports: ['extensions/kept', 'files', 'threads', 'experiment', 'analyses/data', 'shared'],
  },
  weights: { path: 'src/files/weights/', imports: ['files', 'onnx-file', 'shared'] },
  // Files that are networks.
  'network-files': {
    path: 'src/main/host/data/network-files/',
    imports: ['engine/networks', 'onnx-file', 'files', 'threads', 'shared'],
  },
  // Results of other programs.
  imports: { path: 'src/main/host/imports/readers/', imports: ['weights', 'files', 'threads', 'contract', 'shared'] },
  trainer: {
    path: 'src/main/trainer/',
    imports: ['engine/index', 'datasets', 'weights', 'analyses', 'files', 'experiment', 'shared'],
  },
  store: {
    path: 'src/main/store/',
    imports: ['contract', 'experiment', 'analyses', 'analyses/data', 'files', 'shared'],
  },
  exports: { path: 'src/main/host/exports/writers/', imports: ['contract', 'figures', 'shared'] },
  // Processes of trainers, from outside: their start, limits, restarts.
  'trainer-pool': {
    path: 'src/main/execution/trainer-pool/',
    imports: ['engine/pure', 'engine/plan', 'contract', 'experiment', 'extensions/kept', 'files', 'shared'],
  },
  // Jobs of a cluster, as text and by its programs.
  'executors/slurm': { path: 'src/main/execution/executors/slurm/', imports: ['depot', 'shared'] },
  // Trains a phase of a depot, within a host or without.
  executors: {
    path: 'src/main/execution/executors/',
    imports: ['trainer-pool', 'depot', 'files', 'experiment', 'shared'],
  },

  // What the store holds of runs, as references name it and as it is told.
  'host/runs': host('runs', ['store', 'figures']),
  // Data sets and models, as they are on this disk.
  'host/data': host('data', ['host/runs', 'network-files', 'trainer-pool', 'store', 'engine/pure']),
  // This workspace and this machine.
  'host/workspace': host('workspace', ['host/runs', 'trainer-pool', 'depot', 'store', 'engine/pure']),
  // Trains what waits, and tells of it.
  'host/queue': host('queue', ['host/runs', 'trainer-pool', 'executors', 'executors/slurm', 'depot', 'store']),
  'host/imports': host('imports', ['host/queue', 'host/runs', 'imports', 'store']),
  'host/experiment-file': host('experiments/file', []),
  'host/experiments': host('experiments', [
    'host/experiment-file',
    'host/queue',
    'host/workspace',
    'host/data',
    'host/runs',
    'extensions',
    'trainer-pool',
    'depot',
    'threads',
    'store',
    'engine/pure',
    'engine/plan',
  ]),
  // Evaluations as they are read, and readings as they are answered.
  'host/comparison': host('comparison', [
    'host/data',
    'host/runs',
    'trainer-pool',
    'threads',
    'store',
    'figures',
    'engine/pure',
    'engine/plan',
  ]),
  'host/analyses': host('analyses', [
    'host/queue',
    'host/workspace',
    'host/runs',
    'trainer-pool',
    'store',
    'figures',
    'analyses/data',
    'analyses/figure',
  ]),
  // Searches for the best series of an experiment.
  'host/search': host('search', ['host/experiments', 'host/comparison', 'host/queue', 'store', 'engine/pure']),
  // All that leaves as a file: tables, figures, runs, reports.
  'host/exports': host('exports', [
    'host/comparison',
    'host/analyses',
    'host/runs',
    'exports',
    'trainer-pool',
    'store',
    'figures',
    'analyses/data',
    'analyses/figure',
    'analyses/table',
    'engine/pure',
    'engine/plan',
  ]),
  // Experiments, tables and figures of the paper.
  'host/paper': host('paper', [
    'host/exports',
    'host/experiments',
    'host/experiment-file',
    'host/analyses',
    'host/comparison',
    'host/queue',
    'host/data',
    'host/runs',
    'exports',
    'store',
    'figures',
    'engine/pure',
    'engine/plan',
  ]),
  // Answers the contract, over every transport.
  'host/api': host('api', [
    ...hostRooms,
    'host/experiment-file',
    'extensions',
    'executors/slurm',
    'store',
    'engine/pure',
    'engine/plan',
  ]),
  // Opens a workspace, and puts the parts together.
  host: {
    path: 'src/main/host/',
    imports: [
      ...hostRooms,
      'host/api',
      'extensions',
      'extensions/kept',
      'trainer-pool',
      'executors/slurm',
      'depot',
      'store',
      'files',
      'contract',
      'shared',
    ],
  },
  cli: {
    path: 'src/main/cli/',
    imports: [
      'extensions',
      'extensions/kept',
      'host',
      'host/api',
      'host/experiment-file',
      'executors',
      'depot',
      'files',
      'contract',
      'experiment',
      'analyses',
      'analyses/data',
      'analyses/figure',
      'readings',
      'readings/data',
      'figures',
      'shared',
    ],
  },

  shell: { path: 'src/main/shell/', imports: ['files', 'shared'] },
  preload: { path: 'src/preload/', imports: ['shared'] },

  'renderer/api': { path: 'src/renderer/api/', imports: [...pure] },
  // The host that an app provides, to whoever asks it.
  'renderer/host': { path: 'src/renderer/api/host.ts', imports: ['renderer/api', ...pure] },
  'renderer/stores': { path: 'src/renderer/stores/', imports: ['renderer/api', 'renderer/host', ...pure] },
  'renderer/composables': {
    path: 'src/renderer/composables/',
    imports: ['renderer/stores', 'renderer/api', 'renderer/host', ...pure],
  },
  'renderer/charts': { path: 'src/renderer/charts/', imports: ['renderer/composables', ...pure] },
  'renderer/components': {
    path: 'src/renderer/components/',
    imports: [
      'renderer/host',
      'renderer/charts',
      'renderer/composables',
      'renderer/stores',
      'analyses/figure',
      ...pure,
    ],
  },
  // What shows an analysis or a reading, where that is more than its table and figure.
  'renderer/panels': {
    path: 'src/renderer/panels/',
    imports: [
      'analyses/table',
      'analyses/figure',
      'readings/table',
      'readings/figure',
      'renderer/components',
      'renderer/charts',
      'renderer/composables',
      'renderer/stores',
      'renderer/host',
      'renderer/api',
      ...pure,
    ],
  },
  // Boards of screens: what holds the panels of analyses and readings.
  'renderer/boards': {
    path: 'src/renderer/boards/',
    imports: [
      'renderer/panels',
      'analyses/figure',
      'renderer/components',
      'renderer/charts',
      'renderer/composables',
      'renderer/stores',
      'renderer/host',
      ...pure,
    ],
  },
  'renderer/views': {
    path: 'src/renderer/views/',
    imports: [
      'renderer/panels',
      'analyses/figure',
      'renderer/boards',
      'renderer/components',
      'renderer/charts',
      'renderer/composables',
      'renderer/stores',
      'renderer/host',
      ...pure,
    ],
  },
  // The screens of analyses.
  'renderer/screens': {
    path: 'src/renderer/screens/',
    imports: ['renderer/panels', 'renderer/views', 'renderer/composables', ...pure],
  },
  renderer: {
    path: 'src/renderer/',
    imports: [
      'renderer/screens',
      'renderer/views',
      'renderer/components',
      'renderer/composables',
      'renderer/stores',
      'renderer/api',
      'renderer/host',
      'renderer/panels',
      ...pure,
    ],
  },
}

/** How a module is imported: `type` leaves nothing at run time, `lazy` is an import() expression. */
export type ImportKind = 'value' | 'type' | 'lazy'

/** Imports that an area may have only in some way. */
const restrictions: readonly {
  from: string | RegExp
  to: string | RegExp
  kinds: readonly ImportKind[]
  reason: string
}[] = [
  {
    from: 'src/main/host/',
    to: 'src/engine/plan.ts',
    kinds: ['type', 'lazy'],
    reason: 'it loads a third of a second of TensorFlow.js',
  },
  {
    from: 'src/datasets/',
    to: 'src/engine/tensorflow/jpeg-decoder.ts',
    kinds: ['type', 'lazy'],
    reason: 'data sets are opened without TensorFlow too',
  },
  {
    from: 'src/files/user-folders.ts',
    to: 'src/shared/',
    kinds: ['type'],
    reason: 'set-up loads it by itself',
  },
  ...['compute', 'table', 'figure'].map((part) => ({
    from: ofAnalyses('index'),
    to: ofAnalyses(part),
    kinds: ['lazy'] as const,
    reason: 'schemas and host load no engine and no drawings with it',
  })),
  {
    from: 'src/readings/analyses/analysis.ts',
    to: 'src/engine/analyses/analysis.ts',
    kinds: ['type'],
    reason: 'the registry is pure data',
  },
  ...['compute', 'table', 'figure'].map((part) => ({
    from: ofReadings('index'),
    to: ofReadings(part),
    kinds: ['lazy'] as const,
    reason: 'schemas and host load no drawings with it',
  })),
  ...['src/contract/', 'src/readings/analyses/index.ts', 'src/readings/index.ts'].map((to) => ({
    from: 'src/renderer/',
    to,
    kinds: ['type'] as const,
    reason: 'the schemas stay out of the window',
  })),
]

/**
 * Registries that the schemas, the store, the host, exports and the command line may read besides the table: a name that is
 * registered there is a choice everywhere. They load nothing but src/shared and their own entries.
 */
export const registryFiles: readonly string[] = [
  'src/datasets/index.ts',
  'src/datasets/taken-keys.ts',
  'src/engine/exits/index.ts',
  'src/engine/objectives/index.ts',
  'src/engine/regimes/index.ts',
  'src/engine/optimisers/index.ts',
  'src/engine/losses/index.ts',
  'src/engine/heads/index.ts',
  'src/engine/networks/families.ts',
]
export const registryReaders: readonly string[] = [
  'src/contract/',
  'src/main/store/',
  'src/main/host/',
  'src/main/host/exports/writers/',
  'src/main/cli/',
  'src/main/extensions/',
]

/** Packages that only some places may import; `types`: places that may have their types. */
const fences: readonly { packages: RegExp; homes: readonly string[]; types?: readonly string[] }[] = [
  { packages: /^electron$/, homes: ['src/main/shell/', 'src/preload/'] },
  { packages: /^(@tensorflow\/.*|koffi)$/, homes: ['src/engine/tensorflow/', 'src/engine/tf.ts'] },
  { packages: /^better-sqlite3$/, homes: ['src/main/store/'] },
  { packages: /^@huggingface\/tokenizers$/, homes: ['src/main/trainer/text/'] },
  { packages: /^csv-parse(\/.*)?$/, homes: ['src/datasets/formats/', 'src/main/host/imports/readers/csv/'] },
  { packages: /^linear-sum-assignment$/, homes: ['src/engine/matching/'] },
  {
    packages: /^echarts(\/.*)?$/,
    homes: ['src/renderer/charts/', 'src/main/host/exports/writers/'],
    types: ['src/figures/', 'src/readings/'],
  },
  { packages: /^three(\/.*)?$/, homes: ['src/renderer/panels/loss-landscape/'] },
  {
    packages: /^(@orpc\/.*|ws)$/,
    homes: ['src/contract/', 'src/main/host/api/', 'src/main/host/api/web/', 'src/renderer/api/'],
  },
  { packages: /^(sirv|cookie)$/, homes: ['src/main/host/api/web/'] },
  { packages: /^(pdfkit|svg-to-pdfkit|csv-stringify(\/.*)?)$/, homes: ['src/main/host/exports/writers/'] },
  { packages: /^(commander|log-update|cli-truncate|string-width)$/, homes: ['src/main/cli/'] },
  {
    packages: /^vue(-router)?$|^pinia$|^@vueuse\/|^@lucide\/vue$/,
    homes: ['src/renderer/'],
  },
  {
    packages: /^reka-ui$|^@tanstack\/vue-virtual$|^codemirror$|^@codemirror\/|^@lezer\//,
    homes: ['src/renderer/components/', 'src/renderer/boards/', 'src/renderer/views/'],
  },
]

/** The places that run without Node or must not touch the machine, and the modules of Node that they may have after all. */
const withoutNode: readonly { path: string; except: readonly string[] }[] = [
  // Finding out about the machine and loading a CommonJS package is all that the binding needs.
  { path: 'src/engine/tensorflow/', except: ['node:os', 'node:module'] },
  { path: 'src/engine/', except: [] },
  { path: 'src/shared/', except: [] },
  { path: 'src/figures/', except: [] },
  { path: 'src/readings/', except: [] },
  { path: 'src/renderer/', except: [] },
]

/** Expressions that make the engine depend on more than its arguments. */
export const impure =
  /\b(Math\.random|Date\.now|new Date|performance\.now|process\.hrtime|randomUUID|getRandomValues)\b/

const covers = (path: string | RegExp, file: string) => {
  if (path instanceof RegExp) return path.test(file)
  return path.endsWith('/') ? file.startsWith(path) : file === path
}
const lengthOf = (path: string | RegExp) => (path instanceof RegExp ? path.source : path).length

/** The area of a file, or null outside of the table. */
export function areaOf(file: string): string | null {
  const fitting = Object.entries(areas).filter(([, { path }]) => covers(path, file))
  return fitting.sort(([, a], [, b]) => lengthOf(b.path) - lengthOf(a.path))[0]?.[0] ?? null
}

/** What is wrong with an import in a file of src/; null where nothing is. */
export function faultOf(file: string, specifier: string, kind: ImportKind): string | null {
  if (specifier.startsWith('.')) return pathFault(file, posix.join(posix.dirname(file), specifier), kind)
  return specifier.startsWith('node:') ? nodeFault(file, specifier) : packageFault(file, specifier, kind)
}

function pathFault(file: string, target: string, kind: ImportKind): string | null {
  const from = areaOf(file)
  const to = areaOf(target)
  if (from === null) return `${file} belongs to no area of test/support/architecture.ts`
  const allowed = [...new Set([from, ...areas[from]!.imports])]
  if (registryFiles.includes(target) && registryReaders.some((folder) => covers(folder, file))) return null
  if (to === null || !allowed.includes(to)) return `${from} may import ${allowed.join(', ')}, not ${to ?? target}`
  const restriction = restrictions.find((rule) => covers(rule.from, file) && covers(rule.to, target))
  if (!restriction || restriction.kinds.includes(kind)) return null
  return `${target} may be imported here only by ${restriction.kinds.join(' or ')}: ${restriction.reason}`
}

function nodeFault(file: string, specifier: string): string | null {
  const place = withoutNode.find(({ path }) => covers(path, file))
  if (!place || place.except.includes(specifier)) return null
  return `${place.path} has no ${specifier}: pass in what it gives`
}

function packageFault(file: string, specifier: string, kind: ImportKind): string | null {
  const fence = fences.find(({ packages }) => packages.test(specifier))
  if (!fence || fence.homes.some((home) => covers(home, file))) return null
  if (kind === 'type' && fence.types?.some((place) => covers(place, file))) return null
  return `${specifier} is imported only in ${fence.homes.join(', ')}`
}
