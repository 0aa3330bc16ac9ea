import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { experimentFile } from '../../../src/contract/experiment/experiment.ts'
import type { Registered } from '../../../src/contract/registered.ts'
import type { PhaseDefinition } from '../../../src/contract/experiment/phase-definition.ts'
import { openHost } from '../../../src/main/host/open/index.ts'
import { openStore } from '../../../src/main/store/open.ts'
import { dataFolder, hostSettings } from '../host/settings.ts'
import { until } from '../host/support.ts'
import { writeScript } from '../../support/fake-trainer/script.ts'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-extensions-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (...names: string[]) => join(folder, ...names)
const cli = fileURLToPath(new URL('../../../src/main/cli/index.ts', import.meta.url))
const extensionsFolder = new URL('../../../src/main/extensions/', import.meta.url).href
const cliProcess = fileURLToPath(new URL('../../support/cli-process.ts', import.meta.url))

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** A command in a process of its own, as extensions are of a process. */
function exitlab(...args: string[]): Promise<Ended> {
  const env = { ...process.env, XDG_CONFIG_HOME: at('config'), EXITLAB_WORKSPACE: '' }
  // The host of another process is found by the command line's own connection.
  const entry = ['list', 'compare', 'pause'].includes(args[0]!) ? [cli] : [cliProcess, at('fake')]
  const place = args[0] === 'train-phase' ? [] : ['--workspace', at('workspace')]
  const all = ['--disable-warning=ExperimentalWarning', ...entry, ...args, ...place]
  return new Promise((resolve) =>
    execFile(process.execPath, all, { cwd: folder, env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    ),
  )
}

/** A weighting whose later exits count this much more. */
const methods = (factor: number) => `
import { defineExtension, z } from 'exitlab/extension'
export default defineExtension({
  name: 'mine',
  weightings: {
    rising: {
      info: { title: 'Rising', sentence: 'Later exits count more.', paper: 'none' },
      parameters: z.strictObject({}),
      normalised: true,
      weights: ({ exitCosts }) => exitCosts.map((_, exit) => 1 + ${factor} * exit),
    },
  },
  exitRules: {
    certain: {
      info: { title: 'Certain', sentence: 'A sample leaves when it is certain.', paper: 'none' },
      python: 'softmax(logits[-1]).max()',
      thresholds: () => Float64Array.of(0, 0.5, 1),
      scores: (_, { confidences }) => confidences,
    },
  },
  regimes: {
    warm: { info: { title: 'Warm', sentence: 'The backbone, then all.', paper: 'none' }, phases: [{ trains: 'backbone' }, { trains: 'all' }] },
  },
})
`
const experiment = (name: string, { weighting = 'rising', extensions = 'extensions: [methods.ts]' } = {}) => `
name: ${name}
${extensions}
data: { source: mnist, path: '${dataFolder}/images', limit: { train: 100, test: 20 } }
network: { family: resnet, blockCounts: [1, 1], widths: [4, 4], exits: [0] }
regimes: [joint, warm]
objective: { weighting: ${weighting} }
training: { epochs: 2, batchSize: 30 }
`

interface Kept {
  /** Id of the run. */
  run: string
  id: string
  definition: PhaseDefinition
}
/** The phases of the workspace's runs, by the names of run and phase; of runs of one name those of the latest. */
function kept(): Record<string, Kept> {
  const store = openStore(at('workspace'))
  const phasesOf = ({ id: run, name }: { id: string; name: string }) =>
    store.phases.chain(run).map(({ id, definition }) => [`${name} ${definition.phase.name}`, { run, id, definition }])
  const phases = store.summaries.all().flatMap(phasesOf)
  store.close()
  return Object.fromEntries(phases) as Record<string, Kept>
}

/** What the window lists, of a process that has loaded what is trusted. */
function asWorkbench(): Promise<Registered> {
  const script = `
    const { loadTrusted } = await import('${extensionsFolder}trusted.ts')
    const { extensionStates } = await import('${extensionsFolder}states.ts')
    const { methodList } = await import('${extensionsFolder}methods.ts')
    const environment = { XDG_CONFIG_HOME: '${at('config')}' }
    await loadTrusted(environment)
    console.log(JSON.stringify({ extensions: await extensionStates([], { environment, folder: '${at('workspace')}' }), methods: methodList() }))`
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script]
  return new Promise((resolve, reject) =>
    execFile(process.execPath, args, (error, stdout) =>
      error ? reject(error) : resolve(JSON.parse(stdout) as Registered),
    ),
  )
}

beforeAll(() => {
  mkdirSync(at('fake'))
  writeScript(at('fake'), {})
  writeFileSync(at('methods.ts'), methods(1))
  writeFileSync(at('mine.yaml'), experiment('mine'))
  writeFileSync(at('plain.yaml'), experiment('plain', { weighting: 'uniform' }))
  writeFileSync(at('bare.yaml'), experiment('bare', { weighting: 'uniform', extensions: '' }).replace(', warm', ''))
})

describe('an experiment with methods of an extension', () => {
  let first: Record<string, Kept>
  test('runs once its user has named the file, and from then on without being asked', async () => {
    expect(await exitlab('run', 'mine.yaml')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('It was not run') as string,
    })
    expect(readdirSync(folder)).not.toContain('workspace')
    expect((await exitlab('run', 'mine.yaml', '--extension', 'methods.ts')).code).toBe(0)
    expect((await exitlab('run', 'plain.yaml', 'bare.yaml')).code).toBe(0)
    first = kept()
  })

  test('has the content of a method in the identity of the phases that use it, and in no other', () => {
    const idOf = (name: string) => first[name]!.id
    const { methods } = first['mine-joint-s1 all exits']!.definition
    const [name] = readdirSync(at('workspace', 'extensions'))
    expect(methods).toEqual({
      'weighting:rising': { extension: 'mine', file: at('methods.ts'), sha256: name!.replace('.json', '') },
    })
    expect(JSON.parse(readFileSync(at('workspace', 'extensions', name!), 'utf8'))).toEqual({
      entry: 'methods.ts',
      files: { 'methods.ts': readFileSync(at('methods.ts'), 'utf8') },
    })
    expect(Object.keys(first['mine-warm-s1 backbone']!.definition)).not.toContain('methods')
    expect(idOf('plain-warm-s1 backbone')).toBe(idOf('mine-warm-s1 backbone'))
    expect(idOf('plain-joint-s1 all exits')).toBe(idOf('bare-joint-s1 all exits'))
    expect(idOf('mine-joint-s1 all exits')).not.toBe(idOf('plain-joint-s1 all exits'))
  })

  test('is shown and compared by processes without the extension, and refused what needs it', async () => {
    const shown = await exitlab('show', 'mine-warm-s1', '--json')
    expect(JSON.parse(shown.stdout)).toMatchObject({
      status: 'done',
      unknownMethods: [
        { kind: 'regime', name: 'warm' },
        { kind: 'weighting', name: 'rising', origin: { extension: 'mine' } },
      ],
    })
    expect((await exitlab('show', 'mine-warm-s1')).stdout).toContain(
      `load that version: --extension ${at('methods.ts')}, or, where that file has changed, its copy in the folder extensions of the workspace`,
    )
    const compared = await exitlab('compare', 'mine')
    expect([compared.code, compared.stdout]).toEqual([0, expect.stringMatching(/joint[^\n]*\nwarm/) as string])
    expect((await exitlab('compare', 'mine', '--rule', 'certain')).code).toBe(2)
    const refused = await exitlab('analyse', 'gradient-dominance', 'mine-joint-s1')
    expect([refused.code, refused.stderr]).toEqual([
      6,
      expect.stringContaining('needs the weighting “rising”, which is of the extension “mine”') as string,
    ])
    expect((await exitlab('doctor')).stdout).toMatch(/! .*weighting “rising”, of 2 runs/)
    expect((await exitlab('compare', 'mine', '--rule', 'certain', '--extension', 'methods.ts')).code).toBe(0)
  })

  test('trains anew once the file has changed, and says why', async () => {
    writeFileSync(at('methods.ts'), methods(2))
    expect((await exitlab('plan', 'mine.yaml', '--no-calibrate')).code).toBe(2)
    const planned = await exitlab('plan', 'mine.yaml', '--no-calibrate', '--extension', 'methods.ts')
    const why =
      /The weighting “rising” of .*methods\.ts has changed: its sha256 was [0-9a-f]{12}… for 2 trained phases, it is [0-9a-f]{12}… now\. Phases that use it are trained anew/
    expect(planned.stdout).toMatch(why)
    const { code, stderr } = await exitlab('run', 'mine.yaml')
    expect([code, stderr]).toEqual([0, expect.stringMatching(why) as string])
    const [before, now] = [first, kept()].map((phases) => phases['mine-joint-s1 all exits']!)
    expect(now!.id).not.toBe(before!.id)
    expect(kept()['mine-warm-s1 backbone']!.id).toBe(first['mine-warm-s1 backbone']!.id)
    expect(readdirSync(at('workspace', 'extensions'))).toHaveLength(2)
  })

  test('is refused with the changed extension what needs the former, until its kept copy is loaded', async () => {
    const { run, definition } = first['mine-joint-s1 all exits']!
    const { sha256 } = definition.methods!['weighting:rising']!
    const asked = ['analyse', 'gradient-dominance', run, '--extension']
    expect((await exitlab(...asked, 'methods.ts')).stderr).toContain(sha256.slice(0, 12))
    expect((await exitlab(...asked, at('workspace', 'extensions', `${sha256}.json`))).code).toBe(0)
  })
})

describe('a depot with phases of an extension', () => {
  test('keeps it, and trains by it where the command names it', async () => {
    expect((await exitlab('depot', 'add', 'mine.yaml', at('depot'))).code).toBe(0)
    const [name] = readdirSync(at('depot', 'extensions')) as [string]
    const { id } = kept()['mine-joint-s1 all exits']!
    const train = (...args: string[]) => exitlab('train-phase', at('depot'), id, ...args)
    const refused = await train()
    expect([refused.code, refused.stderr]).toEqual([
      6,
      expect.stringContaining('The weighting “rising” is of the extension “mine”') as string,
    ])
    const copy = ['--extension', at('depot', 'extensions', name)]
    expect(await train(...copy)).toMatchObject({ code: 0, stdout: expect.stringContaining('Done.') as string })
    writeFileSync(at('depot', 'extensions', name), '{}')
    expect(await train(...copy)).toMatchObject({
      code: 6,
      stderr: expect.stringContaining('Nothing of it was run') as string,
    })
  })
})

describe('a host that is up without an extension', () => {
  test('is said to need a restart, by commands and to whom it is given an experiment', async () => {
    const host = await openHost({ ...hostSettings(at('workspace'), at('fake')), train: true })
    onTestFinished(() => host.close())
    const paused = await exitlab('pause', '--all', '--extension', 'methods.ts')
    expect(paused).toMatchObject({
      code: 5,
      stderr: expect.stringContaining(
        `Process ${process.pid} has this workspace open and has not loaded the extension “mine” (${at('methods.ts')})`,
      ) as string,
    })
    const { client } = host
    const file = { ...experimentFile.parse(parse(experiment('bare', { weighting: 'uniform' }).replace(', warm', ''))) }
    const refused = await client.experiments
      .plan({ file, source: null, folder, calibrate: false })
      .catch((error: Error) => error.message)
    expect(refused).toContain(`The extension methods.ts is not loaded in process ${process.pid}`)
  })
})

describe('a command that reads while another process trains without its extension', () => {
  test('computes by its own methods what that process has written, and shows what is trained as such', async () => {
    writeScript(at('fake'), { holdAtStep: 1 })
    const host = await openHost({ ...hostSettings(at('workspace'), at('fake')), train: true })
    onTestFinished(() => host.close())
    const file = experimentFile.parse(
      parse(experiment('bare', { weighting: 'uniform', extensions: '' }).replace(', warm', '')),
    )
    const held = await host.client.experiments.create({ file: { ...file, name: 'held', seeds: [7] }, folder })
    await until(async () => (await host.client.runs.list({ runs: ['held'] }))[0]!.status === 'running')
    const named = ['--extension', 'methods.ts']
    const compared = await exitlab('compare', 'plain', '--rule', 'certain', '--table', 'curve', ...named)
    expect(compared).toMatchObject({ code: 0, stderr: '' })
    expect(compared.stdout).toContain('certain')
    const listed = await exitlab('list', 'held', '--json', ...named)
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id: held.runs[0]!.id, status: 'running' }])
    expect((await exitlab('compare', 'plain', '--rule', 'certain')).code).toBe(2)
    writeScript(at('fake'), {})
  })
})

describe('a workbench', () => {
  test('loads what its user trusts, and says of the rest what is wrong', async () => {
    writeFileSync(
      at('second.ts'),
      methods(1)
        .replaceAll('rising', 'falling')
        .replace("'mine'", "'second'")
        .replaceAll('certain', 'sure')
        .replaceAll('warm', 'cold'),
    )
    writeFileSync(at('gone.ts'), methods(3))
    writeFileSync(at('methods.ts'), methods(8))
    for (const file of ['methods.ts', 'second.ts', 'gone.ts'])
      expect((await exitlab('list', '--extension', file)).code).toBe(0)
    rmSync(at('gone.ts'))
    writeFileSync(at('methods.ts'), methods(9))
    const { extensions, methods: all } = await asWorkbench()
    expect(extensions.map(({ file, state }) => [file, state])).toEqual([
      [at('methods.ts'), 'changed'],
      [at('second.ts'), 'loaded'],
      [at('gone.ts'), 'missing'],
    ])
    expect(all.filter(({ origin }) => origin !== null).map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'weighting falling',
      'rule sure',
      'regime cold',
    ])
  })
})
