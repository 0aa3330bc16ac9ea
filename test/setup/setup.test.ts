import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addProgram, createCheckout, fortunes, images, model, modelFile, run } from './checkout.ts'
import { serve, wheel, wheelFile, writeVersions } from './checkout.ts'
import type { Checkout, Site } from './checkout.ts'

const page = `<html><a href="../../files/other.whl">other</a>
<a href="../../files/${wheelFile}#sha256=0" data-requires-python="&gt;=3.9">${wheelFile}</a></html>`

let site: Site
let checkout: Checkout

beforeEach(async () => {
  site = await serve({
    '/simple/tensorflow-cpu/': new TextEncoder().encode(page),
    [`/files/${wheelFile}`]: wheel,
    '/fashion/images.gz': images,
    '/simple/small-model/': new TextEncoder().encode(`<a href="../../files/${modelFile}">${modelFile}</a>`),
    [`/files/${modelFile}`]: model,
  })
  checkout = createCheckout([`${site.address}/gone`, `${site.address}/fashion`])
})

afterEach(() => {
  site.close()
  rmSync(checkout.folder, { recursive: true })
})

const fromIndex = () => ({ PIP_INDEX_URL: `${site.address}/simple` })
const indexWithLogin = () => `${site.address.replace('//', '//reader:s%40crt@')}/simple`
/** A line of shell that puts a file into the folder that dpkg-deb unpacks to. */
const copyTo = (from: string) => (path: string) => `/bin/mkdir -p "$3/${dirname(path)}" && /bin/cp ${from} "$3/${path}"`
const tensorflow = () => join(checkout.cache, 'tensorflow')
const dataset = () => join(checkout.cache, 'datasets/fashion-mnist')

describe('set-up', () => {
  it('brings the libraries and the data set, and then has nothing more to do', async () => {
    const first = await run(checkout, ['setup'], fromIndex())
    expect(first.code, first.output).toBe(0)
    expect(readdirSync(tensorflow()).sort()).toEqual([
      'installed',
      'libtensorflow_cc.so.2',
      'libtensorflow_framework.so.2',
      'licences',
    ])
    expect(readdirSync(dataset())).toEqual(['images.gz'])
    expect(readdirSync(checkout.cache).sort()).toEqual(['datasets', 'tensorflow'])

    const asked = site.requests.length
    expect(await run(checkout, ['setup'], fromIndex())).toEqual({ code: 0, output: 'TensorFlow and data are there.\n' })
    expect(site.requests.length).toBe(asked)
  })

  it('installs a pre-trained model and texts on request, and texts only as they were pinned', async () => {
    await run(checkout, ['setup'], fromIndex())
    const texts = join(checkout.folder, 'texts')
    writeFileSync(texts, 'other texts')
    addProgram(checkout, 'apt-get', 'echo > fortunes.deb')
    const topic = copyTo(texts)('usr/share/games/fortunes/science')
    addProgram(checkout, 'dpkg-deb', [topic, copyTo(texts)('usr/share/doc/fortunes/copyright')].join('\n'))
    const refused = await run(checkout, ['setup', '--text'], fromIndex())
    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringMatching(/science of this .* is not the file that was/),
    ])

    writeFileSync(texts, fortunes)
    const brought = await run(checkout, ['exitlab', 'setup', '--text'], fromIndex())
    expect(brought.code, brought.output).toBe(0)
    expect(readdirSync(join(checkout.cache, 'models/small')).sort()).toEqual(['model.safetensors', 'tokenizer.json'])
    expect(readdirSync(join(checkout.cache, 'datasets/fortunes')).sort()).toEqual(['LICENCE.txt', 'science'])
    expect(await run(checkout, ['setup', '--text'], fromIndex())).toEqual({
      code: 0,
      output: 'TensorFlow, data, model and texts are there.\n',
    })
    expect((await run(checkout, ['setup', '--txt'], fromIndex())).output).toContain("Unknown option '--txt'")
  })

  it('goes on where a download was cut off', async () => {
    const partial = join(checkout.cache, 'downloads', `${wheelFile}.partial`)
    site.cut = { after: 300, arrived: () => existsSync(partial) && statSync(partial).size === 300 }
    const cut = await run(checkout, ['setup'], fromIndex())
    expect(cut.code).toBe(1)
    expect(cut.output).toMatch(/tensorflow-cpu could not be fetched: .*\n {2}→ .*a download goes on where it ended/)
    expect(existsSync(tensorflow())).toBe(false)

    const again = await run(checkout, ['setup'], fromIndex())
    expect(again.code, again.output).toBe(0)
    const wheelRequests = site.requests.filter(({ path }) => path.endsWith('.whl'))
    expect(wheelRequests.map(({ range }) => range)).toEqual([undefined, 'bytes=300-'])
    expect(readFileSync(join(tensorflow(), 'libtensorflow_cc.so.2'), 'utf8')).toBe('operations')
  })

  it('does not fetch a wheel again that is there', async () => {
    mkdirSync(join(checkout.cache, 'downloads'), { recursive: true })
    writeFileSync(join(checkout.cache, 'downloads', wheelFile), wheel)
    expect((await run(checkout, ['setup'])).code).toBe(0)
    expect(site.requests.filter(({ path }) => path.endsWith('.whl'))).toEqual([])
  })

  it('starts over where uv left a package of which files were moved away', async () => {
    // As uv does, which installs nothing where a package is.
    const files = { 'libtensorflow_cc.so.2': 'operations', 'libtensorflow_framework.so.2': 'runtime' }
    const install = Object.entries(files).map(([name, text]) => `printf ${text} > "$7/tensorflow/${name}"`)
    addProgram(checkout, 'uv', `[ -e "$7" ] && exit 0; /bin/mkdir -p "$7/tensorflow"; ${install.join('; ')}`)
    mkdirSync(join(checkout.cache, 'downloads', `${wheelFile}.tree`, 'tensorflow'), { recursive: true })
    const { code, output } = await run(checkout, ['setup'])
    expect(code, output).toBe(0)
    expect(readFileSync(join(tensorflow(), 'libtensorflow_cc.so.2'), 'utf8')).toBe('operations')
  })

  it('sends an index the login in its address', async () => {
    const { code, output } = await run(checkout, ['setup'], { PIP_INDEX_URL: indexWithLogin() })
    expect(code, output).toBe(0)
    const login = `Basic ${Buffer.from('reader:s@crt').toString('base64')}`
    expect(site.requests.filter((request) => request.login === login).map(({ path }) => path)).toEqual([
      '/simple/tensorflow-cpu/',
      `/files/${wheelFile}`,
    ])
  })

  it.each(["apt's own lists", 'lists of its own'])(
    'takes the data set out of the Debian package by %s',
    async (lists) => {
      const { debianPackage, debianFolder, debianLicence } = checkout.versions.fashionMnist
      const packed = join(checkout.folder, 'images.gz')
      writeFileSync(packed, images)
      const refuse = lists === 'lists of its own' ? 'case "$*" in *Dir::State::lists=*) ;; *) exit 100 ;; esac' : ''
      const asked = `case "$*" in *"download ${debianPackage}") echo archive > ${debianPackage}_1_all.deb ;; esac`
      addProgram(checkout, 'apt-get', `${refuse}\n${asked}`)
      addProgram(checkout, 'dpkg-deb', [`${debianFolder}/images.gz`, debianLicence].map(copyTo(packed)).join('\n'))
      const { code, output } = await run(checkout, ['setup'], fromIndex())
      expect(code, output).toBe(0)
      expect(readdirSync(dataset()).sort()).toEqual(['LICENCE', 'images.gz'])
      expect(site.requests.filter(({ path }) => path.includes('images'))).toEqual([])
    },
  )

  it('takes a library only if it is the one that was pinned', async () => {
    for (const variant of Object.values(checkout.versions.tensorflow.variants)) {
      variant.librarySha256['libtensorflow_cc.so.2'] = '0'.repeat(64)
    }
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['setup'], fromIndex())
    expect(code).toBe(1)
    expect(output).toContain('libtensorflow_cc.so.2 out of tensorflow-cpu is not the file that was pinned')
    expect(existsSync(tensorflow())).toBe(false)
  })

  it('replaces the TensorFlow of another version as a whole', async () => {
    mkdirSync(tensorflow(), { recursive: true })
    writeFileSync(join(tensorflow(), 'installed'), 'linux-x64-cpu 1.0.0\n')
    writeFileSync(join(tensorflow(), 'libtensorflow_cc.so.1'), 'old')
    const { code, output } = await run(checkout, ['setup'], fromIndex())
    expect(code, output).toBe(0)
    expect(readdirSync(tensorflow())).not.toContain('libtensorflow_cc.so.1')
  })

  it('uses the libraries of a folder that the user names, and refuses one without', async () => {
    const own = join(checkout.folder, 'own')
    mkdirSync(own)
    const refused = await run(checkout, ['setup'], { EXITLAB_TENSORFLOW: own })
    expect(refused.code).toBe(1)
    expect(refused.output).toContain(`EXITLAB_TENSORFLOW names ${own}, which lacks TensorFlow's libraries`)
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) writeFileSync(join(own, name), '')
    expect((await run(checkout, ['setup'], { EXITLAB_TENSORFLOW: own })).code).toBe(0)
    expect(existsSync(tensorflow())).toBe(false)
  })
})

describe('a step that fails says what it needs', () => {
  it('where there is neither pip nor uv nor an index', async () => {
    const { code, output } = await run(checkout, ['setup'])
    expect(code).toBe(1)
    expect(output).toMatch(/^Set-up: tensorflow-cpu needs pip or uv, and neither is here\.\n {2}→ Install pip/)
    expect(output).toContain('PIP_INDEX_URL')
    expect(output).toContain('EXITLAB_TENSORFLOW')
  })

  /** A Python whose pip says this and ends. */
  function addPip(said: string): void {
    const file = join(checkout.folder, 'said')
    writeFileSync(file, said)
    addProgram(checkout, 'python3', `case "$*" in *--version*) exit 0 ;; esac; /bin/cat ${file} >&2; exit 1`)
  }

  it('where pip brings nothing, in pip’s words', async () => {
    addPip('WARNING: a try\nERROR: no route to index.\nERROR: No match\n')
    const { code, output } = await run(checkout, ['setup'], { PIP_INDEX_URL: indexWithLogin() })
    expect(code).toBe(1)
    expect(output).toMatch(/^Bringing tensorflow-cpu .*\nSet-up: pip could not bring tensorflow-cpu 2\.20\.0 from /)
    expect(output).toContain(
      ` from ${site.address}/simple: no route to index; No match.\n  → Give this machine a network`,
    )
    expect(output).not.toContain('s%40crt')
  })

  it('where a model or texts are asked for without a network, once, and leaves nothing half-written', async () => {
    await run(checkout, ['setup'], fromIndex())
    const tried =
      "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError('<HTTPSConnection>: Failed to " +
      "establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/small-model/\n"
    addPip(`${tried}${tried}ERROR: No matching distribution found\n`)
    const { code, output } = await run(checkout, ['setup', '--text'])
    expect(code).toBe(1)
    expect(output).toBe(
      'Bringing small-model 0.1.2 (0 MB) by pip\n' +
        'Set-up: pip could not bring small-model 0.1.2 from the Python Package Index: ' +
        'Failed to establish a new connection: Temporary failure in name resolution.\n' +
        '  → Give this machine a network, or pip its configuration (index, proxy, certificates), and run this again.\n' +
        '  → Or put the files of small into the folder models/small of the cache.\n',
    )
    expect(readdirSync(join(checkout.cache, 'models'))).toEqual([])

    rmSync(join(checkout.programs, 'python3'))
    const texts = await run(checkout, ['setup', '--text'], fromIndex())
    expect(texts.code).toBe(1)
    expect(texts.output).toMatch(
      /Set-up: Texts \(fortunes\) could not be brought: apt-get .*\n {2}→ Give apt-get a network .*\n {2}→ Or put /,
    )
    expect(readdirSync(join(checkout.cache, 'datasets'))).toEqual(['fashion-mnist'])
  })

  it('where the index lacks the wheel', async () => {
    checkout.versions.tensorflow.variants[`${process.platform}-${process.arch}-cpu`]!.wheels[0]!.file = 'new.whl'
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['setup'], { PIP_INDEX_URL: indexWithLogin() })
    expect(code).toBe(1)
    expect(output).toContain(`${site.address}/simple/tensorflow-cpu/ has no new.whl`)
    expect(output).not.toContain('s%40crt')
  })

  it('where the machine has no TensorFlow', async () => {
    checkout.versions.tensorflow.variants = {
      'sparc-solaris-cpu': Object.values(checkout.versions.tensorflow.variants)[0]!,
    }
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['setup'])
    expect(code).toBe(1)
    expect(output).toContain('Use one of sparc-solaris-cpu')
  })

  it('where --device cuda finds no GPU', async () => {
    const { tensorflow } = checkout.versions
    tensorflow.variants[`${process.platform}-${process.arch}-gpu`] = Object.values(tensorflow.variants)[0]!
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['setup', '--device', 'cuda'], fromIndex())
    expect(code).toBe(1)
    expect(output).toContain('--device cuda: no NVIDIA GPU is here')
    // Where nvidia-smi is missing, as in some containers, the variable says that there is one.
    const named = await run(checkout, ['setup', '--device', 'cuda'], { ...fromIndex(), CUDA_VISIBLE_DEVICES: '0' })
    expect(named.output).not.toContain('no NVIDIA GPU is here')
  })

  it('where the disk is too small', async () => {
    Object.values(checkout.versions.tensorflow.variants)[0]!.unpackedBytes = 1e18
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['setup'], fromIndex())
    expect(code).toBe(1)
    expect(output).toMatch(/TensorFlow needs 1000000000000 MB while it is unpacked; \d+ MB are free/)
    expect(output).toContain('XDG_CACHE_HOME')
  })

  it('where the cache cannot be written', async () => {
    const file = join(checkout.folder, 'package.json')
    const { code, output } = await run(checkout, ['setup'], { ...fromIndex(), XDG_CACHE_HOME: file })
    expect(code).toBe(1)
    expect(output).toMatch(
      /^Set-up: \S+package\.json\/exitlab cannot be written \(ENOTDIR\)\.\n {2}→ .*set XDG_CACHE_HOME to a folder of your own\.\n$/,
    )
  })

  it.each([
    ['run', ['exitlab', 'run', 'some.yaml', '--workspace', 'FILE/workspace'], {}],
    ['start', ['start'], { EXITLAB_WORKSPACE: 'FILE/workspace' }],
    ['quickstart', ['quickstart', '--workspace=FILE/workspace'], {}],
  ])('where the workspace of %s cannot be written, before anything is fetched', async (_, args, given) => {
    const file = join(checkout.folder, 'package.json')
    const inFile = (text: string) => text.replace('FILE', file)
    const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, inFile(value)]))
    const { code, output } = await run(checkout, args.map(inFile), { ...fromIndex(), ...environment })
    expect(code).toBe(1)
    expect(output).toBe(
      `Set-up: The workspace ${file}/workspace cannot be written (ENOTDIR: ${file}). Nothing was fetched.\n` +
        '  → Give this user write permission, or choose another folder with --workspace DIR or EXITLAB_WORKSPACE.\n',
    )
    expect(site.requests).toEqual([])
    expect(existsSync(tensorflow())).toBe(false)
  })

  it('brings what a plan needs, whatever its workspace', async () => {
    const args = ['exitlab', 'plan', 'some.yaml', '--workspace', join(checkout.folder, 'package.json/workspace')]
    expect((await run(checkout, args, fromIndex())).output).toContain('TensorFlow 2.20.0 is in')
  })

  it('where the checkout cannot be written', async () => {
    writeFileSync(join(checkout.folder, '.tools'), '')
    writeFileSync(join(checkout.folder, 'package-lock.json'), '{"changed":true}')
    const { code, output } = await run(checkout, ['check'])
    expect(code).toBe(1)
    expect(output).toMatch(
      /^Set-up: \S+\.tools cannot be written \(\w+\)\.\n {2}→ .*owner of the checkout run "npm run setup"/,
    )
  })

  it('where the data set cannot be fetched', async () => {
    checkout.versions.fashionMnist.downloads = [`${site.address}/gone`]
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['setup'], fromIndex())
    expect(code).toBe(1)
    expect(output).toMatch(/Fashion-MNIST could not be fetched: .*\/gone\/images\.gz answers 404/)
    expect(output).toContain(`Put images.gz`)
    expect(existsSync(dataset())).toBe(false)
  })

  it('where packages are stale and npm is missing', async () => {
    writeFileSync(join(checkout.folder, 'package-lock.json'), '{"changed":true}')
    const { code, output } = await run(checkout, ['check'])
    expect(code).toBe(1)
    expect(output).toContain('The packages of package-lock.json are missing, and so is npm.')
  })

  it('where Node is too old and npm is missing', async () => {
    checkout.versions.node.minimum = '99.0.0'
    writeVersions(checkout)
    const { code, output } = await run(checkout, ['check'])
    expect(code).toBe(1)
    expect(output).toContain('is too old, and there is no npm to bring a newer one')
    expect(output).toContain('Install Node 99.0.0 or newer')
  })

  it('where the Node that npm brings does not run here, each time', async () => {
    checkout.versions.node.minimum = '99.0.0'
    writeVersions(checkout)
    const { name, version } = checkout.versions.node.packages[`${process.platform}-${process.arch}`]!
    const npm = join(checkout.folder, 'npm-cli.js')
    const script = `#!/usr/bin/env node
const { mkdirSync, writeFileSync } = require('node:fs')
const folder = 'node_modules/${name}'
mkdirSync(folder + '/bin', { recursive: true })
writeFileSync(folder + '/package.json', JSON.stringify({ name: '${name}', version: '${version}' }))
writeFileSync(folder + '/bin/node', '#!/no/such/loader', { mode: 0o755 })
`
    writeFileSync(npm.replace(/\.js$/, '.cjs'), script, { mode: 0o755 })
    writeFileSync(npm, `#!/usr/bin/env node\nimport './npm-cli.cjs'\n`, { mode: 0o755 })
    symlinkSync(npm, join(checkout.programs, 'npm'))
    for (const time of ['the first time', 'the second time']) {
      const { code, output } = await run(checkout, ['check'])
      expect([time, code]).toEqual([time, 1])
      expect(output).toContain(`Node ${version} from npm does not run on this machine`)
    }
  })

  it('where there is no such task', async () => {
    const { code, output } = await run(checkout, ['strat'])
    expect(code).toBe(1)
    expect(output).toMatch(/There is no task "strat"\.\n {2}→ Use one of start, /)
  })
})
