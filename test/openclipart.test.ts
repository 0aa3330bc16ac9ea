import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'

const script = fileURLToPath(new URL('../scripts/openclipart.ts', import.meta.url))

/** An image twice as wide as high, of one colour in its middle and transparent elsewhere. */
async function draw(path: string, colour: [r: number, g: number, b: number]): Promise<void> {
  mkdirSync(dirname(path), { recursive: true })
  const pixels = Uint8Array.from({ length: 16 * 8 * 4 }, (_, at) => {
    const [channel, column] = [at % 4, Math.floor(at / 4) % 16]
    return channel === 3 ? (column >= 6 && column < 10 ? 255 : 0) : colour[channel]!
  })
  await sharp(pixels, { raw: { width: 16, height: 8, channels: 4 } })
    .png()
    .toFile(path)
}

it('brings as many different pictures of each subject that has them, on white squares', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-clipart-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const drawings = join(folder, 'package/usr/share/openclipart/png')
  for (const [at, path] of ['food/fruit/apple', 'food/fruit/pear', 'food/bread', 'tools/saw', 'tools/axe'].entries())
    await draw(join(drawings, `${path}.png`), [10 * at, 0, 200])
  // In two subjects, which is no subject; twice in one; a folder that is no subject.
  copyFileSync(join(drawings, 'food/bread.png'), join(drawings, 'tools/bread.png'))
  copyFileSync(join(drawings, 'tools/axe.png'), join(drawings, 'tools/same-axe.png'))
  for (const name of ['a', 'b']) await draw(join(drawings, `special/${name}.png`), [0, name === 'a' ? 1 : 2, 3])

  const run = (count: number) => {
    const to = join(folder, `${count}`)
    const options = ['--from', join(folder, 'package'), '--size', '8', '--each', `${count}`]
    execFileSync(process.execPath, [script, to, ...options])
    return Object.fromEntries(readdirSync(to).map((subject) => [subject, readdirSync(join(to, subject)).sort()]))
  }
  const axe = /(same-)?axe\.png/
  expect(run(2)).toEqual({
    food: ['fruit-apple.png', 'fruit-pear.png'],
    tools: [expect.stringMatching(axe), 'saw.png'].sort(),
  })
  expect(run(1)).toEqual({ food: [expect.any(String)], tools: [expect.any(String)] })

  const { data, info } = await sharp(join(folder, '2/food/fruit-apple.png')).raw().toBuffer({ resolveWithObject: true })
  const reds = [0, 4 * 8, 4 * 8 + 4].map((pixel) => data[pixel * 3]!)
  expect([info.width, info.height, info.channels]).toEqual([8, 8, 3])
  // Above the drawing, beside it, where it was transparent, and in its middle.
  expect(reds[0]).toBe(255)
  expect(reds[1]).toBeGreaterThan(250)
  expect(reds[2]).toBeLessThan(60)
})
