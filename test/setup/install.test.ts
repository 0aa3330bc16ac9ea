import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { install } from '../../src/main/host/workspace/machine/install.ts'
import type { Installable, InstallProgress } from '../../src/contract/system.ts'
import { addProgram, createCheckout, images, serve, wheel, wheelFile, type Checkout, type Site } from './checkout.ts'

let site: Site
let checkout: Checkout

beforeEach(async () => {
  const page = `<html><a href="../../files/${wheelFile}#sha256=0">${wheelFile}</a></html>`
  site = await serve({
    '/simple/tensorflow-cpu/': new TextEncoder().encode(page),
    [`/files/${wheelFile}`]: wheel,
    '/fashion/images.gz': images,
  })
  checkout = createCheckout([`${site.address}/fashion`])
})

afterEach(() => {
  site.close()
  rmSync(checkout.folder, { recursive: true })
})

/** Has the checkout's set-up bring something, as the workbench does. */
async function bring(what: Installable, changes: Record<string, string> = {}): Promise<InstallProgress[]> {
  const { folder, programs } = checkout
  const environment = {
    PATH: programs,
    HOME: folder,
    XDG_CACHE_HOME: join(folder, 'cache'),
    EXITLAB_DATASETS: undefined,
    EXITLAB_TENSORFLOW: undefined,
    PIP_INDEX_URL: `${site.address}/simple`,
    EXITLAB_SCRIPTS: join(folder, 'scripts'),
    ...changes,
  }
  const told: InstallProgress[] = []
  for await (const step of install(what, { environment })) told.push(step)
  return told
}

it('installs TensorFlow and reports its progress; the next time there is nothing to do', async () => {
  const told = await bring('tensorflow')
  expect(told).toContainEqual({
    message: `Downloading ${wheelFile}`,
    doneBytes: wheel.length,
    totalBytes: wheel.length,
  })
  expect(told.at(-1)!.message).toBe(`TensorFlow 2.20.0 is in ${join(checkout.cache, 'tensorflow')}`)
  expect(existsSync(join(checkout.cache, 'tensorflow', 'libtensorflow_cc.so.2'))).toBe(true)
  expect(await bring('tensorflow')).toEqual([])
})

it('continues an interrupted download', async () => {
  const partial = join(checkout.cache, 'downloads', `${wheelFile}.partial`)
  site.cut = { after: 300, arrived: () => existsSync(partial) }
  await expect(bring('tensorflow')).rejects.toMatchObject({
    code: 'engine',
    message: expect.stringMatching(
      /^tensorflow-cpu could not be fetched: [^]*→ .*a download goes on where it ended/,
    ) as string,
  })
  await bring('tensorflow')
  expect(site.requests.filter(({ path }) => path.endsWith('.whl')).map(({ range }) => range)).toEqual([
    undefined,
    'bytes=300-',
  ])
})

it('brings the data set', async () => {
  await bring('fashion-mnist')
  expect(readdirSync(join(checkout.cache, 'datasets/fashion-mnist'))).toEqual(['images.gz'])
})

it('reports the progress of pip, which reports none itself', async () => {
  const half = `head -c ${wheel.length >> 1} /dev/zero > "$TMPDIR/part"`
  addProgram(
    checkout,
    'python3',
    `PATH=/usr/bin:/bin\ncase "$*" in *--version*) exit 0 ;; esac\n${half}\nsleep 0.8\necho "ERROR: cut" >&2; exit 1`,
  )
  const told: InstallProgress[] = []
  const { folder, programs } = checkout
  const environment = {
    PATH: programs,
    XDG_CACHE_HOME: join(folder, 'cache'),
    EXITLAB_SCRIPTS: join(folder, 'scripts'),
  }
  const failed = (async () => {
    for await (const step of install('tensorflow', { environment })) told.push(step)
  })()
  await expect(failed).rejects.toThrow('pip could not bring tensorflow-cpu 2.20.0 from the Python Package Index: cut.')
  expect(told).toContainEqual({
    message: 'Downloading tensorflow-cpu',
    doneBytes: wheel.length >> 1,
    totalBytes: wheel.length,
  })
})
