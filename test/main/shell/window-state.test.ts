import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keep, readKept, validState } from '../../../src/main/shell/window-state.ts'

const laptop = { x: 0, y: 0, width: 1920, height: 1040 }
const left = { x: -2560, y: 0, width: 2560, height: 1400 }
const kept = { bounds: { x: -2000, y: 100, width: 1200, height: 800 }, maximised: true, background: '#101216' }

describe('the place of the window', () => {
  test('is the previous one', () => {
    expect(validState(kept, [laptop, left])).toEqual(kept)
  })

  test('is in the middle of the first display where the previous display is gone', () => {
    expect(validState(kept, [laptop])).toEqual({
      bounds: { x: 240, y: 70, width: 1440, height: 900 },
      maximised: true,
      background: '#101216',
    })
  })

  test('is no larger than a small display', () => {
    const small = { x: 10, y: 20, width: 1280, height: 700 }
    expect(validState(undefined, [small])).toEqual({ bounds: small, maximised: false, background: null })
  })

  test.each([
    ['its title bar is above the display', { ...kept.bounds, x: 100, y: -50 }],
    ['its title bar is below the display', { ...kept.bounds, x: 100, y: 1030 }],
    ['too little of it is on the display', { ...kept.bounds, x: 1850, y: 100 }],
  ])('is a new one where %s', (_, bounds) => {
    expect(validState({ ...kept, bounds }, [laptop]).bounds).toEqual({ x: 240, y: 70, width: 1440, height: 900 })
  })

  test('may extend beyond the display as long as it can be grasped', () => {
    const bounds = { x: 1700, y: 500, width: 1200, height: 800 }
    expect(validState({ ...kept, bounds }, [laptop]).bounds).toEqual(bounds)
  })

  test('is never smaller than the window may be', () => {
    const bounds = { x: 5, y: 5, width: 1, height: 1 }
    expect(validState({ ...kept, bounds }, [laptop]).bounds).toEqual({ x: 5, y: 5, width: 760, height: 480 })
  })

  test.each([
    ['nothing', undefined],
    ['text', 'window'],
    ['numbers that are none', { bounds: { x: 'a', y: 0, width: null, height: 1e300 } }],
    ['fractions', { bounds: { x: 0.5, y: 0, width: 800, height: 600 } }],
  ])('is the default one where %s was kept', (_, spoilt) => {
    expect(validState(spoilt, [laptop])).toEqual({
      bounds: { x: 240, y: 70, width: 1440, height: 900 },
      maximised: false,
      background: null,
    })
  })

  test('an invalid colour is dropped', () => {
    expect(validState({ ...kept, background: 'url(x)' }, [left]).background).toBeNull()
  })

  test('is kept in a file, and lost with it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'exitlab-window-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'new', 'window.json')
    expect(readKept(file)).toBeUndefined()
    keep(file, kept)
    expect(readKept(file)).toEqual(kept)
    keep(file, { ...kept, maximised: !kept.maximised })
    expect(readKept(file)).toEqual({ ...kept, maximised: !kept.maximised })
    writeFileSync(file, '{"bounds": {')
    expect(readKept(file)).toBeUndefined()
    // As on a full disk: the window closes all the same.
    keep(join(file, 'below-a-file', 'window.json'), kept)
  })
})
