import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'exitlab-named-'))
afterAll(() => rmSync(folder, { recursive: true }))
const cli = fileURLToPath(new URL('../../../src/main/cli/index.ts', import.meta.url))

/** What a command in a process of its own writes on stderr. */
function errorsOf(args: readonly string[]): Promise<string> {
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config') }
  const all = ['--disable-warning=ExperimentalWarning', cli, ...args]
  return new Promise((resolve) =>
    execFile(process.execPath, all, { cwd: folder, env }, (_error, _stdout, stderr) => resolve(stderr)),
  )
}

const extension = (name: string) => `
import { defineExtension } from 'exitlab/extension'
console.error('${name} was loaded')
export default defineExtension({
  name: '${name}',
  regimes: { ${name}: { info: { title: 'A', sentence: 'The backbone.', paper: 'none' }, phases: [{ trains: 'backbone' }] } },
})
`

beforeAll(async () => {
  for (const name of ['trusted', 'other']) writeFileSync(join(folder, `${name}.ts`), extension(name))
  await errorsOf(['--extension', 'trusted.ts', 'regimes'])
})

// A port that is none ends the command behind the loading of extensions.
const noPort = ['--port', 'none']

test.each([
  [['serve', ...noPort, '--workspace', 'w']],
  [['--workspace', 'w', 'serve', ...noPort]],
  [['--workspace=w', 'serve', ...noPort]],
  [['--extension', 'other.ts', '--workspace', 'w', 'serve', ...noPort]],
  [['--workspace', 'w', '--extension=other.ts', 'serve', ...noPort]],
])('serve loads what its user trusts wherever options of all commands stand: %j', async (args) => {
  const errors = await errorsOf(args)
  expect(errors).toContain('trusted was loaded')
  expect(errors.includes('other was loaded')).toBe(args.join(' ').includes('other.ts'))
  expect(errors).toContain('Expected a whole number from 0 to 65535')
})

test.each([[['--workspace', 'serve', 'regimes']], [['regimes', 'serve']], [['--version', 'serve']]])(
  'no other command does: %j',
  async (args) => {
    expect(await errorsOf(args)).not.toContain('was loaded')
  },
)

test('only commands that read experiment files load the extensions that these name', async () => {
  writeFileSync(join(folder, 'run.yaml'), 'extensions: [missing.ts]\n')
  expect(await errorsOf(['--workspace', 'w', 'plan', 'run.yaml'])).toContain('missing.ts')
  expect(await errorsOf(['--workspace', 'run', 'regimes', 'run.yaml'])).not.toContain('missing.ts')
})

test.each(['run.yml', 'run.YAML', 'run.json', 'run.txt', 'run', 'plan'])(
  'an experiment file may have any name, and its extensions are loaded: %s',
  async (name) => {
    writeFileSync(join(folder, name), '{ "extensions": ["missing.ts"] }')
    expect(await errorsOf(['plan', name, '--workspace', 'w'])).toMatch(/missing\.ts does not exist/)
    rmSync(join(folder, name))
  },
)

test('an experiment file that a shell has opened is read once, with its extensions', async () => {
  const file = `extensions: ['${join(folder, 'given.ts')}']\nname: given\nregimes: [given]\n`
  writeFileSync(join(folder, 'given.ts'), extension('given'))
  const script = `"$0" "$@" <(printf '%s' "$FILE")`
  const args = [
    '-c',
    script,
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    cli,
    'plan',
    '--workspace',
    'w',
  ]
  const env = { ...process.env, XDG_CONFIG_HOME: join(folder, 'config'), FILE: file }
  const named = [...args, '--extension', 'given.ts']
  const errors = await new Promise<string>((resolve) =>
    execFile('bash', named, { cwd: folder, env }, (_error, _stdout, stderr) => resolve(stderr)),
  )
  // The file came whole: it lacks data and network, and the regime of the extension is known.
  expect(errors).toContain('given was loaded')
  expect(errors).toMatch(/data: /)
  expect(errors).not.toMatch(/regimes/)
})
