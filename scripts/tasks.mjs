import { rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { become } from './setup/command.mjs'
import { bringElectron, whyNoElectronFiles } from './setup/electron.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { hasNvidiaGpu } from './setup/gpu.mjs'
import { bringEngineAndData, bringText } from './setup/index.mjs'
import { isCheckout, productModule, root } from './setup/places.mjs'
import { say } from './setup/report.mjs'

/**
 * A task of package.json.
 * @typedef {{ trains: Need, shows?: Need, writes?: Need, run: (args: readonly string[]) => Promise<number> }} Task
 *   trains: whether it needs TensorFlow and the data set · shows: whether it needs the workbench's page, default no ·
 *   writes: whether it writes a workspace, default no · run: to its exit code
 * @typedef {(args: readonly string[]) => boolean} Need
 */

// What the product takes from scripts/ it finds here.
process.env.EXITLAB_SCRIPTS = join(root, 'scripts')

const always = () => true
const never = () => false

/** The other commands start at once, even where nothing was ever trained. */
const trainingCommands = ['serve', 'run', 'search', 'plan', 'quickstart', 'bench', 'setup']
const showingCommands = ['serve']
const writingCommands = ['serve', 'run', 'search', 'quickstart']
const informs = (/** @type {string} */ arg) => ['--help', '-h', '--version', '-V'].includes(arg)
/** @type {Need} */
const unlessInforming = (args) => !args.some(informs)
/** @param {readonly string[]} commands @returns {Need} */
const isOneOf = (commands) => (args) =>
  args.some((arg) => commands.includes(arg)) && !args.some(informs) && args[0] !== 'help'

/** Whether `--device` names an NVIDIA card. @param {readonly string[]} args */
export const asksForCard = (args) => /(^| )--device[ =]cuda(:\d+)?( |$)/.test(args.join(' '))

/** Which TensorFlow to bring is all that set-up and tests are asked by it. @param {readonly string[]} args */
const withoutDevice = (args) =>
  args.filter((arg, index) => !arg.startsWith('--device') && args[index - 1] !== '--device')

/** @type {Record<string, Task>} */
export const tasks = {
  start: { trains: unlessInforming, shows: unlessInforming, writes: always, run: start },
  quickstart: { trains: unlessInforming, writes: always, run: (args) => exitlab(['quickstart', ...args]) },
  exitlab: {
    trains: isOneOf(trainingCommands),
    shows: isOneOf(showingCommands),
    writes: isOneOf(writingCommands),
    run: exitlab,
  },
  test: { trains: always, shows: always, run: (args) => tests(namesTests(args) ? args : [...unlessNamed, ...args]) },
  'test:kills': { trains: always, run: (args) => tests(['--project', 'kills', ...args]) },
  'test:packages': { trains: always, shows: always, run: (args) => tests(['--project', 'packages', ...args]) },
  bench: { trains: always, run: (args) => script('scripts/bench/index.ts', args) },
  'bench:analyses': { trains: always, run: (args) => script('scripts/bench/analyses.ts', args) },
  'bench:depot': { trains: never, run: (args) => script('scripts/bench/depot.ts', args) },
  'bench:evaluation': { trains: always, run: (args) => script('scripts/bench/evaluation.ts', args) },
  'bench:ui': { trains: never, shows: always, run: (args) => script('scripts/bench/ui.ts', args) },
  'check:gpu': { trains: never, run: checkGpu },
  pictures: { trains: always, shows: always, run: (args) => script('scripts/pictures/index.ts', args) },
  docs: { trains: never, run: (args) => tool('vitepress/bin/vitepress.js', inDocs(args)) },
  soak: { trains: always, run: (args) => script('scripts/soak/index.ts', args) },
  mutate: { trains: always, run: (args) => script('scripts/mutate/index.ts', args) },
  check: { trains: never, run: check },
  'check:types': { trains: never, run: () => inTurn(typeChecks) },
  build: { trains: never, run: build },
  pack: { trains: never, run: packed },
  package: { trains: never, shows: always, run: packaged },
  dev: {
    trains: unlessInforming,
    shows: unlessInforming,
    writes: always,
    run: (args) => (args.some(informs) ? exitlab(['serve', ...args]) : script('scripts/dev.ts', args)),
  },
  schema: { trains: never, run: (args) => script('scripts/schema.ts', args) },
  assemble: { trains: never, run: (args) => script('scripts/assemble.ts', args) },
  setup: { trains: always, run: setup },
}

/** Tests that have tasks of their own, for they take minutes. */
const unlessNamed = ['--project', '!kills', '--project', '!packages']
const namesTests = (/** @type {readonly string[]} */ args) => args.some((arg) => /^test\b|\.ts$/.test(arg))
const tests = (/** @type {readonly string[]} */ args) => tool('vitest/vitest.mjs', ['run', ...withoutDevice(args)])

/** @param {readonly string[]} args */
function inDocs(args) {
  const [command = 'build', ...others] = args[0]?.startsWith('-') ? ['build', ...args] : args
  return [command, 'docs', ...others]
}

/** The workbench: in a window of its own where it can have one and nothing is asked of the server, else in a browser. */
async function start(/** @type {readonly string[]} */ args) {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: {
      workspace: { type: 'string' },
      device: { type: 'string' },
      extension: { type: 'string', multiple: true },
    },
    strict: false,
    tokens: true,
  })
  const isForServer = tokens.some(
    (token) => token.kind !== 'option' || !['workspace', 'device', 'extension'].includes(token.name),
  )
  if (isForServer || !isCheckout) return exitlab(['serve', ...args])
  const electron = await bringElectron(root)
  if ('reason' in electron) {
    say(`Opening the workbench in a browser, as ${electron.reason}.`)
    return exitlab(['serve', ...args])
  }
  const chosen = [
    ...(values.workspace ? ['--workspace', String(values.workspace)] : []),
    ...(values.device ? ['--device', String(values.device)] : []),
    ...(values.extension ?? []).flatMap((file) => ['--extension', String(file)]),
  ]
  return become(electron.program, [...electron.switches, root, ...chosen], { env: { EXITLAB_NODE: process.execPath } })
}

const needsDriver = 'Run it on a machine that has one, with NVIDIA’s driver.'

/** Both builds of TensorFlow are compared. @param {readonly string[]} args */
async function checkGpu(args) {
  if (!hasNvidiaGpu()) throw new SetupFailure('check:gpu needs an NVIDIA card, and nvidia-smi lists none.', needsDriver)
  for (const gpu of [false, true]) await bringEngineAndData({ gpu })
  return script('scripts/check-gpu/index.ts', args)
}

/** The package for npm, made anew. @param {readonly string[]} args */
async function packed(args) {
  const { pack } = await import('./pack.mjs')
  return (await build()) || pack(args)
}

/** The desktop application, made anew, where Electron can be had. @param {readonly string[]} args */
async function packaged(args) {
  const missing = await whyNoElectronFiles(root)
  if (missing !== null) throw new SetupFailure('The desktop application needs Electron.', `${missing}.`)
  const { packageApplication } = await import('./package.mjs')
  return (await build()) || packageApplication(args)
}

/** What training needs is there already: `--text` brings what a first experiment with text needs. @param {readonly string[]} args */
async function setup(args) {
  const unknown = withoutDevice(args).find((arg) => arg !== '--text')
  if (unknown !== undefined)
    throw new SetupFailure(`Set-up has no option ${unknown}.`, 'Use --device cuda for NVIDIA cards, --text or neither.')
  if (args.includes('--text')) await bringText()
  say(args.includes('--text') ? 'TensorFlow, data, model and texts are there.' : 'TensorFlow and data are there.')
  return 0
}

/** The command line runs in this process, in the caller's folder. @param {readonly string[]} args */
async function exitlab(args) {
  if (args[0] === 'setup' && !args.some(informs)) return setup(args.slice(1))
  const entry = productModule('main/cli/index')
  process.env.EXITLAB_COMMAND = calledAs()
  process.argv.splice(1, Infinity, entry, ...args)
  await import(entry)
  return Number(process.exitCode ?? 0)
}

/** What hints call the command line: in a checkout the launcher at its root, as it is reached from the caller's folder. */
function calledAs() {
  if (!isCheckout) return 'exitlab'
  const path = relative(process.cwd(), join(root, 'exitlab'))
  const command = path.startsWith('..') ? path : `./${path}`
  return command.includes(' ') ? `"${command}"` : command
}

/** @param {string} file @param {readonly string[]} args */
const script = (file, args) => become(process.execPath, [join(root, file), ...args])

/** @param {string} file @param {readonly string[]} args */
const tool = (file, args) => become(process.execPath, [join(root, 'node_modules', file), ...args], { cwd: root })

/** What npm publishes: the command line, the host and the trainer, then the desktop application and its page. */
async function build() {
  const { builtFolders } = await import('./published.mjs')
  for (const folder of builtFolders) rmSync(join(root, 'out', folder), { recursive: true, force: true })
  const code = await tool('rolldown/bin/cli.mjs', ['--config', 'rolldown.config.ts'])
  if (code !== 0) return code
  // What extensions import, for their editors and compilers.
  const types = await tool('typescript/bin/tsc', ['-p', 'tsconfig.types.json'])
  return types === 0 ? tool('electron-vite/bin/electron-vite.js', ['build']) : types
}

/** @typedef {{ name: string, run: () => Promise<number> }} Check */

/** The window has a DOM and single-file components, everything else has Node. @type {Check[]} */
const typeChecks = [
  { name: 'types', run: () => tool('typescript/bin/tsc', ['--noEmit']) },
  {
    name: 'types of the window',
    run: () => tool('vue-tsc/bin/vue-tsc.js', ['--noEmit', '-p', 'tsconfig.renderer.json']),
  },
]

function check() {
  return inTurn([
    ...typeChecks,
    { name: 'lint', run: () => tool('eslint/bin/eslint.js', ['.', '--max-warnings=0']) },
    { name: 'unused exports', run: () => tool('knip/bin/knip.js', []) },
    { name: 'format', run: () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']) },
  ])
}

/** All of them, even where one finds something: a fix then needs one round. @param {readonly Check[]} checks */
async function inTurn(checks) {
  const failed = []
  for (const { name, run } of checks) if ((await run()) !== 0) failed.push(name)
  const names = checks.map(({ name }) => name).join(', ')
  say(failed.length === 0 ? `check: ${names} are clean` : `check: see above for ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}
