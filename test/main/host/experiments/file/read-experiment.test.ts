import { execFileSync } from 'node:child_process'
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readExperiment } from '../../../../../src/main/host/experiments/file/read-experiment.ts'

const good = 'name: x\ndata: { source: mnist }\nnetwork: { family: resnet, blockCounts: [2, 2] }\nregimes: [joint]\n'

describe('reading an experiment file', () => {
  let folder: string
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'exitlab-read-'))))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('gives what it says, its text, and the folder that relative paths start from', async () => {
    const path = write('good.yaml', good)
    expect(await readExperiment(path)).toMatchObject({ path, source: good, folder, file: { name: 'x', seeds: [1] } })
  })

  it('takes a byte order mark and Windows line ends', async () => {
    const path = write('windows.yaml', `\ufeff${good.replaceAll('\n', '\r\n')}`)
    expect((await readExperiment(path)).file.name).toBe('x')
  })

  it('refuses a file that is not there, and names the nearest one', async () => {
    write('good.yaml', good)
    await expect(readExperiment(join(folder, 'god.yaml'))).rejects.toMatchObject({
      code: 'not-found',
      message: `There is no file ${folder}/god.yaml. Did you mean ${folder}/good.yaml?`,
    })
    await expect(readExperiment(join(folder, 'no/such/file.yaml'))).rejects.toMatchObject({ code: 'not-found' })
  })

  it('names no nearest file for a link that leads nowhere but another one', async () => {
    symlinkSync('gone.yaml', join(folder, 'link.yaml'))
    await expect(readExperiment(join(folder, 'link.yaml'))).rejects.toMatchObject({
      code: 'not-found',
      message: expect.not.stringContaining('did you mean') as string,
    })
  })

  it('refuses a folder', async () => {
    mkdirSync(join(folder, 'sub'))
    await expect(readExperiment(join(folder, 'sub'))).rejects.toMatchObject({
      code: 'usage',
      message: `${folder}/sub is a folder, not a file; expected an experiment file`,
    })
  })

  it('refuses a named pipe and a circular link, without waiting for either', async () => {
    const [pipe, circle] = [join(folder, 'pipe.yaml'), join(folder, 'circle.yaml')]
    execFileSync('mkfifo', [pipe])
    symlinkSync('circle.yaml', circle)
    const refusal = (message: string) => ({ code: 'usage', message: expect.stringContaining(message) as string })
    await expect(readExperiment(pipe)).rejects.toMatchObject(
      refusal(`${pipe} is a device or a pipe, not a file; expected an experiment file`),
    )
    await expect(readExperiment(circle)).rejects.toMatchObject(refusal('is a circular link, not a file'))
  })

  it.skipIf(process.platform === 'win32')('reads what a shell pipes into the command', () => {
    const reader = new URL('../../../../../src/main/host/experiments/file/read-experiment.ts', import.meta.url)
    const script = `console.log((await (await import('${reader}')).readExperiment('/dev/stdin')).file.name)`
    const piped = [
      '-c',
      'cat "$0" | "$1" --input-type=module -e "$2"',
      write('piped.yaml', good),
      process.execPath,
      script,
    ]
    const read = execFileSync('sh', piped, { encoding: 'utf8' })
    expect(read).toBe('x\n')
  })

  it('refuses what is too large, without reading it all', async () => {
    await expect(readExperiment(write('large.yaml', 'x'.repeat(300_000)))).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('larger than 256 KiB'),
    })
    if (process.platform === 'linux') await expect(readExperiment('/dev/zero')).rejects.toMatchObject({ code: 'usage' })
  })

  it.each([
    ['Latin-1', Buffer.from('name: x\ndata: caf\xe9\n', 'latin1'), '2:10: expected text in UTF-8; got other bytes'],
    ['UTF-16', Buffer.from('\ufeffname: x\n', 'utf16le'), '1:1: expected text in UTF-8; got UTF-16'],
  ])('refuses %s', async (_name, content, message) => {
    await expect(readExperiment(write('bytes.yaml', content))).rejects.toMatchObject({
      code: 'invalid-experiment',
      message: expect.stringContaining(`bytes.yaml:${message}`),
    })
  })
})
