import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bench, experiment, temporaryFolder } from '../host/support.ts'

const cli = fileURLToPath(new URL('../../../src/main/cli/index.ts', import.meta.url))
const hook = `import { registerHooks } from 'node:module'
registerHooks({ load(url, context, next) { process.stderr.write(url + '\\n'); return next(url, context) } })`

/** Addresses of all modules that a command loads. */
function loadedBy(...args: string[]): string[] {
  const options = [
    '--disable-warning=ExperimentalWarning',
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
  ]
  const file = join(temporaryFolder(), 'loaded.txt')
  execFileSync('sh', ['-c', 'exec "$0" "$@" 2> "$LOADED"', process.execPath, ...options, cli, ...args], {
    env: { ...process.env, LOADED: file },
  })
  return execFileSync('cat', [file], { encoding: 'utf8' }).trimEnd().split('\n')
}

test('looking at runs and comparing them starts at once: nothing is loaded that trains, draws, or reads and writes files', async () => {
  const { open, workspace } = bench()
  const host = await open()
  await host.client.experiments.create(experiment({ regimes: ['joint'] }))
  await host.idle()
  await host.close()
  for (const command of ['list', 'show', 'compare']) {
    const loaded = loadedBy(command, ...(command === 'show' ? ['toy-joint-s1'] : []), '--workspace', workspace)
    expect(
      loaded.filter((url) => /@tensorflow|koffi|\/(echarts|sharp|ws|yaml|csv-stringify|log-update)\//.test(url)),
    ).toEqual([])
    expect(loaded.some((url) => url.endsWith('main/host/open/read-only-host.ts'))).toBe(true)
  }
})
