import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeFolder, refuseLostFolder, refuseLostResult, writeResult } from '../../../src/main/cli/write-file.ts'
import { makeDepot } from '../../../src/main/execution/depot/depot.ts'
import { temporaryFolder } from '../host/support.ts'

describe('a result that is written where the user says', () => {
  it('leaves the previous file until the new one is complete on the disk', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'table.csv')
    writeFileSync(file, 'old')
    const whole = { arrayBuffer: () => Promise.reject(new Error('no space left')) } as unknown as Blob
    await expect(writeResult(file, whole)).rejects.toMatchObject({ code: 'disk' })
    expect(readFileSync(file, 'utf8')).toBe('old')
    // The file that it is written into first cannot be made.
    mkdirSync(join(folder, `.table.csv.${process.pid}.partial`))
    await expect(writeResult(file, 'new')).rejects.toMatchObject({ code: 'disk' })
    expect(readFileSync(file, 'utf8')).toBe('old')
  })

  it('is refused at a link in a circle, before and after the work', async () => {
    const folder = temporaryFolder()
    symlinkSync('loop', join(folder, 'loop'))
    const refusal = { code: 'conflict', message: expect.stringContaining('links in a circle') as string }
    for (const path of [join(folder, 'loop'), join(folder, 'loop', 'table.csv')]) {
      await expect(writeResult(path, 'x')).rejects.toMatchObject(refusal)
      await expect(refuseLostResult(path)).rejects.toMatchObject(refusal)
      await expect(refuseLostFolder(path)).rejects.toMatchObject(refusal)
      expect(() => makeFolder(path)).toThrow('links in a circle')
      expect(() => makeDepot(path)).toThrow('links in a circle')
    }
  })

  it('of a folder that cannot be made is refused before the work, which makes none', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    symlinkSync('missing', join(folder, 'link'))
    await expect(refuseLostFolder(join(folder, 'file'))).rejects.toThrow('it is a file')
    await expect(refuseLostFolder(join(folder, 'file', 'inside'))).rejects.toMatchObject({ code: 'disk' })
    await expect(refuseLostFolder(join(folder, 'link', 'inside'))).rejects.toThrow('is a link to nothing')
    await refuseLostFolder(join(folder, 'new', 'inside'))
    expect(readdirSync(folder).sort()).toEqual(['file', 'link'])
  })

  it('is the only file there, with the mode of the one before', async () => {
    const folder = temporaryFolder()
    const file = join(folder, 'table.csv')
    await writeResult(file, 'first, and longer')
    chmodSync(file, 0o640)
    await writeResult(file, new Blob(['second']))
    expect(readFileSync(file, 'utf8')).toBe('second')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['table.csv'])
  })

  it('is written through a link, and into a device as it is', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), 'old')
    symlinkSync('file', join(folder, 'link'))
    await writeResult(join(folder, 'link'), 'new')
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('new')
    await writeResult('/dev/null', 'gone')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('is refused with the folder in which this user may make no file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'old.csv'), 'old')
    chmodSync(join(folder, 'old.csv'), 0o666)
    chmodSync(folder, 0o555)
    await asNobody(async () => {
      for (const name of ['old.csv', 'new.csv'])
        expect(await refusal(join(folder, name))).toBe(
          `cannot write ${folder}/${name}: no permission to write to the folder ${folder} (EACCES); choose another folder`,
        )
      expect(() => makeFolder(join(folder, 'below'))).toThrow(`no permission to write to the folder ${folder} (EACCES)`)
    })
    expect(readdirSync(folder)).toEqual(['old.csv'])
  })

  it('is refused with the file that this user may not write, the missing folder, or the folder in its place', async () => {
    const folder = temporaryFolder()
    await asNobody(async () =>
      expect(await refusal('/proc/version')).toContain('no permission to write to this file (EACCES)'),
    )
    expect(await refusal(join(folder, 'no/such'))).toContain(`there is no folder ${folder}/no (ENOENT)`)
    expect(await refusal(folder)).toContain('it is a folder (EISDIR)')
  })

  it('is refused under a name that is not UTF-8, which would become another one', async () => {
    const folder = temporaryFolder()
    // As Node reads the argument a\xff.csv.
    for (const name of ['a\uFFFD.csv', 'a\uD800.csv'])
      await expect(writeResult(join(folder, name), 'text')).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('is not valid UTF-8') as string,
      })
    expect(() => makeFolder(join(folder, 'a\uFFFD'))).toThrow('is not valid UTF-8')
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused in place of a folder, and where no folder can be made', async () => {
    await expect(writeResult(temporaryFolder(), 'text')).rejects.toMatchObject({ code: 'disk' })
    const folder = join(temporaryFolder(), 'a/b')
    makeFolder(folder)
    makeFolder(folder)
    expect(statSync(folder).isDirectory()).toBe(true)
    writeFileSync(join(folder, 'file'), '')
    for (const path of [join(folder, 'file'), join(folder, 'file/below'), '/proc/nothing/below']) {
      expect(() => makeFolder(path)).toThrow(expect.objectContaining({ code: 'disk' }))
    }
  })
})

async function refusal(path: string): Promise<string> {
  const error: unknown = await writeResult(path, 'text').catch((error: unknown) => error)
  return (error as Error).message
}

/** Root may write everywhere. */
async function asNobody(body: () => Promise<void>): Promise<void> {
  const root = process.geteuid?.() === 0
  if (root) process.seteuid?.(65534)
  try {
    await body()
  } finally {
    if (root) process.seteuid?.(0)
  }
}
