import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashOf } from '../../../src/main/extensions/archive.ts'
import { collect } from '../../../src/main/extensions/collect.ts'
import type { LoadedExtension } from '../../../src/main/extensions/launch.ts'
import { keepTrusted } from '../../../src/main/extensions/trust.ts'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-extension-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

/** A weighting of this name, in an extension. */
const weighting = (name: string, { extension = name, more = '' } = {}) => `
import { defineExtension, z } from 'exitlab/extension'
${more}
const weighting = {
  info: { title: 'T', sentence: 'S.', paper: 'P' },
  parameters: z.strictObject({}),
  normalised: true,
  weights: ({ exitCosts }: { exitCosts: number[] }) => exitCosts.map(() => 2),
}
export default defineExtension({ name: '${extension}', weightings: { '${name}': weighting } })
`
const exported = (extension: string) => `export default ${extension}`

interface Outcome {
  asked: string[]
  refusal: { code: string; message: string } | null
  loaded: LoadedExtension[]
  methods: string[]
}
const script = fileURLToPath(new URL('../../support/load-extensions.ts', import.meta.url))

type Named = 'trusted' | (string | { file: string; by: string })[]

/** What comes of loading lists of files one after the other; `by`: the experiment file that names one. */
const load = (...lists: Named[]) => loadWith([], ...lists)

/** `answer`: to all questions, `yes` or `no`. */
function loadWith(answer: string[], ...lists: Named[]): Outcome[] {
  const named = lists.map((files) =>
    files === 'trusted' ? files : files.map((each) => (typeof each === 'string' ? { file: each, by: null } : each)),
  )
  const args = ['--disable-warning=ExperimentalWarning', script, folder, JSON.stringify(named), ...answer]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Outcome[]
}

/** Files that cannot be loaded, each with what is said of it. */
const faults: Record<string, { text: string | null; says: RegExp; code?: string }> = {
  'syntax.ts': {
    text: 'export default {\n  name: }',
    says: /^syntax\.ts is not valid code: Expression expected \(line 2\)\.$/,
  },
  'syntax.js': {
    text: 'const a = 1\nconst b = ]',
    says: /^syntax\.js is not valid code: Expression expected \(line 2\)\.$/,
  },
  'enum.ts': { text: 'enum A { b }', says: /enum\.ts is not valid code: TypeScript enum is not supported/ },
  'missing.ts': { text: null, says: /^missing\.ts does not exist\.$/, code: 'not-found' },
  'mehtods.ts': { text: null, says: /^mehtods\.ts does not exist\. Did you mean methods\.ts\?$/, code: 'not-found' },
  folder: {
    text: null,
    says: /^folder is a folder, not a file; expected the file of an extension, such as methods\.ts\.$/,
  },
  'table.csv': { text: 'a,b', says: /^table\.csv is no extension: expected a TypeScript or JavaScript module/ },
  'throws.ts': {
    text: `\nconst a: number = 1\nthrow new RangeError('boom')`,
    says: /^throws\.ts could not be loaded: RangeError: boom \(throws\.ts, line 3\)\.$/,
  },
  'nothing.ts': {
    text: 'export const a = 1',
    says: /^nothing\.ts exports nothing by default\. Expected export default/,
  },
  'number.ts': { text: exported('3'), says: /^number\.ts exports number, no extension/ },
  'key.ts': {
    text: exported(`{ name: 'a', weighting: {} }`),
    says: /^key\.ts: unknown key weighting; did you mean weightings\?/,
  },
  'empty.ts': {
    text: exported(`{ name: 'a' }`),
    says: /^empty\.ts: the extension “a” has no methods\. Expected some of families,/,
  },
  'shape.ts': {
    text: exported(`{ name: 'a', weightings: { deep: { info: { title: 'T', sentence: 'S' }, normalised: 1 } } }`),
    says: /^shape\.ts: the weighting “deep” of the extension “a” is incomplete: info\.paper: .*; parameters: expected a schema of z.*; normalised: expected true or false; got 1; weights: expected a function\.$/,
  },
  'phases.ts': {
    text: exported(
      `{ name: 'a', regimes: { warm: { info: { title: 'T', sentence: 'S', paper: 'P' }, phases: [{ train: 'all' }] } } }`,
    ),
    says: /^phases\.ts: the regime “warm” of the extension “a” is incomplete: phases\[0\]/,
  },
  'again.ts': {
    text: exported(
      `{ name: 'a', regimes: { warm: { info: { title: 'T', sentence: 'S', paper: 'P' }, phases: [{ trains: 'all', exits: 'up-to-this' }] } } }`,
    ),
    says: /^again\.ts: the regime “warm” of the extension “a” is incomplete: phases\[0\]\.exits: goes with a repeated phase only; add forEach: exit\.$/,
  },
  'built-in.ts': {
    text: weighting('uniform'),
    says: /^built-in\.ts: the weighting “uniform” of the extension “uniform” cannot be added: Exitlab itself has one of this name\. Choose another name\.$/,
  },
  'words.ts': { text: weighting('by depth'), says: /weighting “by depth” .* cannot have this name/ },
  'package.ts': {
    text: `import { chunk } from 'lodash'`,
    says: /^package\.ts imports “lodash”\. An extension imports exitlab\/extension, modules of Node, and files beside it/,
  },
  'helpless.ts': {
    text: weighting('helpless', { more: `import './help.js'` }),
    says: /^helpless\.ts imports \.\/help\.js, but help\.js does not exist\. Did you mean help\.ts\?$/,
    code: 'not-found',
  },
  'late.ts': {
    text: `await import('./help.ts')\n${weighting('late')}`,
    says: /^late\.ts: late\.ts imports \.\/help\.ts only while it runs\. Import it at the top of the file/,
  },
}

describe('what cannot be loaded', () => {
  let outcomes: Outcome[]
  beforeAll(() => {
    write({ 'methods.ts': weighting('methods'), 'help.ts': 'export const help: number = 1', 'folder/a.ts': '' })
    write(
      Object.fromEntries(Object.entries(faults).flatMap(([name, { text }]) => (text === null ? [] : [[name, text]]))),
    )
    outcomes = load(...Object.keys(faults).map((name) => [name]))
  })

  test.each(Object.keys(faults))('%s is refused with one clear message', (name) => {
    const { refusal, loaded, methods } = outcomes[Object.keys(faults).indexOf(name)]!
    const { says, code = 'usage' } = faults[name]!
    expect(refusal).toEqual({ code, message: expect.stringMatching(says) as string })
    expect([loaded, methods]).toEqual([[], []])
    expect(existsSync(join(folder, 'config'))).toBe(false)
  })
})

describe('an extension', () => {
  test('is kept with the files that it imports, those that import each other too', () => {
    write({
      'a/first.ts': weighting('first', {
        more: `import { one } from '../b/one.ts'\nexport const two: number = 1 + one()`,
      }),
      'b/one.ts': `import { two } from '../a/first.ts'\nimport { sep } from 'node:path'\nexport const one = () => sep.length\nexport const three = () => two + 1`,
    })
    const [{ refusal, loaded, methods }] = load(['a/first.ts']) as [Outcome]
    expect([refusal, methods]).toEqual([null, ['weighting:first']])
    const [{ sha256, archive }] = loaded as [LoadedExtension]
    expect(loaded).toEqual([{ extension: 'first', file: join(folder, 'a/first.ts'), sha256, archive }])
    expect(archive).toBe(join(folder, 'config/exitlab/extensions', `${sha256}.json`))
    const [again] = load([archive]) as [Outcome]
    expect(again.loaded).toEqual([{ extension: 'first', file: archive, sha256, archive }])
  })

  test('has the same hash wherever it lies and whatever its line ends', async () => {
    const text = weighting('same')
    write({
      'same/methods.ts': text,
      'other/methods.ts': text.replaceAll('\n', '\r\n'),
      'third/methods.ts': `${text}\n`,
    })
    const hashes = await Promise.all(
      ['same', 'other', 'third'].map(async (each) => hashOf(await collect(join(folder, each, 'methods.ts')))),
    )
    expect(hashes[1]).toBe(hashes[0])
    expect(hashes[2]).not.toBe(hashes[0])
  })

  test('is refused beside another of its name, and beside one with a method of its name', () => {
    write({
      'one.ts': weighting('one'),
      'two.ts': weighting('two', { extension: 'one' }),
      'three.ts': weighting('three'),
      'four.ts': weighting('three', { extension: 'four' }),
      'five.ts': weighting('five'),
    })
    const [second, third, twice] = load(['one.ts', 'two.ts'], ['three.ts', 'four.ts'], ['five.ts', 'five.ts']) as [
      Outcome,
      Outcome,
      Outcome,
    ]
    expect(second.refusal!.message).toMatch(/^two\.ts and one\.ts are two extensions of the name “one”/)
    expect(third.refusal!.message).toMatch(
      /^four\.ts: the weighting “three” of the extension “four” cannot be added: the extension “three” \(three\.ts\) has one of this name/,
    )
    expect(twice.refusal).toBe(null)
  })
})

describe('the code of an extension', () => {
  /** An extension that notes each of its runs, and how often it has run. */
  function counted(name: string) {
    const ran = join(folder, `${name}.ran`)
    const more = `import { appendFileSync } from 'node:fs'\nappendFileSync('${ran}', '.')`
    write({ [`${name}.ts`]: weighting(name, { more }) })
    return { file: join(folder, `${name}.ts`), runs: () => (existsSync(ran) ? readFileSync(ran, 'utf8').length : 0) }
  }

  test('is run in a thread before it is first loaded, once for a content', () => {
    const { file, runs } = counted('named')
    expect(load([file])[0]!.methods).toEqual(['weighting:named'])
    expect(runs()).toBe(2)
    load([file])
    expect(load('trusted')[0]!.methods).toContain('weighting:named')
    expect(runs()).toBe(4)
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`)
    load([file])
    expect(runs()).toBe(6)
  })

  test.each(['named', 'trusted'])(
    'that is trusted but has never run is run in a thread before it is %s',
    async (by) => {
      const { file, runs } = counted(`settings-${by}`)
      await keepTrusted(await collect(file), { file, at: 1 }, { XDG_CONFIG_HOME: join(folder, 'config') })
      const list = by === 'named' ? [file] : 'trusted'
      load(list)
      expect(runs()).toBe(2)
      load(list)
      expect(runs()).toBe(3)
    },
  )
})

describe('an extension that only an experiment file names', () => {
  test('is not run before its user has named it, and again once it or its kept copy has changed', () => {
    const ran = join(folder, 'ran')
    const text = weighting('asked', {
      more: `import { mkdirSync } from 'node:fs'\nmkdirSync('${ran}', { recursive: true })`,
    })
    write({ 'asked.ts': text })
    const named = { file: 'asked.ts', by: 'mine.yaml' }
    const refusal = {
      code: 'usage',
      message: expect.stringMatching(
        /^mine\.yaml names the extension asked\.ts \(sha256 [0-9a-f]{12}…\), a program .* It was not run\. Read it, then name it yourself: --extension asked\.ts$/,
      ) as string,
    }
    expect(load([named])[0]!.refusal).toEqual(refusal)
    expect(existsSync(ran)).toBe(false)
    const { archive } = load(['asked.ts'])[0]!.loaded[0]!
    expect(existsSync(ran)).toBe(true)
    expect(load([named])[0]!.refusal).toBe(null)
    write({ 'asked.ts': `${text}\n` })
    const damaged = join(folder, 'damaged', basename(archive))
    write({ [`damaged/${basename(archive)}`]: '{}' })
    const [changed, spoilt] = load([named], [damaged]) as [Outcome, Outcome]
    expect(changed.refusal).toEqual(refusal)
    expect(spoilt.refusal).toMatchObject({
      code: 'workspace-damaged',
      message: expect.stringContaining('Nothing of it was run') as string,
    })
    write({ 'asked.ts': text })
    // A copy alone, without the record that its user made, is nobody's trust.
    rmSync(archive.replace('.json', '.trust.json'))
    expect(load([named])[0]!.refusal).toEqual(refusal)
  })

  test('cannot forge the question about it by its name or that of the experiment file', () => {
    const hostile = 'a\u001b[2K\r\nIt is yours (y/N). y\u202e\u200b\u009b\u0007.ts'
    write({ [hostile]: weighting('forged') })
    const [{ asked, refusal }] = loadWith(['no'], [{ file: hostile, by: "it's mine\u001b[1A.yaml" }]) as [Outcome]
    const file = String.raw`$'a\u001b[2K\r\nIt is yours (y/N). y\u202e\u200b\u009b\u0007.ts'`
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatch(/^\$'it\\'s mine\\u001b\[1A\.yaml' names the extension /)
    expect(asked[0]).toContain(` names the extension ${file} (sha256 `)
    expect(refusal!.message.endsWith(`name it yourself: --extension ${file}`)).toBe(true)
    for (const text of [asked[0]!, refusal!.message]) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })

  test('is run where its user agrees in the terminal, who is asked once', () => {
    write({ 'agreed.ts': weighting('agreed') })
    const named = { file: 'agreed.ts', by: 'mine.yaml' }
    const [refused] = loadWith(['no'], [named]) as [Outcome]
    expect([refused.methods, refused.refusal?.message]).toEqual([
      [],
      expect.stringContaining('It was not run') as string,
    ])
    const [agreed, again] = loadWith(['yes'], [named], [named]) as [Outcome, Outcome]
    expect(agreed.asked).toEqual([
      expect.stringMatching(/^mine\.yaml names the extension agreed\.ts .* Load this version from now on\?$/) as string,
    ])
    expect(agreed.methods).toEqual(['weighting:agreed'])
    expect(again.asked).toEqual([])
  })
})
