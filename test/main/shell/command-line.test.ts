import { describe, expect, test } from 'vitest'
import { readCommandLine, userFolder } from '../../../src/main/shell/command-line.ts'

describe('the command line of the application', () => {
  test.each([
    ['nothing', ['.'], {}, { workspace: null, device: null, extensions: [] }],
    ['a workspace', ['.', '--workspace', 'ws'], {}, { workspace: '/home/u/ws', device: null, extensions: [] }],
    ['a workspace after an equals sign', ['--workspace=/ws'], {}, { workspace: '/ws', device: null, extensions: [] }],
    [
      'one in the environment',
      ['.'],
      { EXITLAB_WORKSPACE: '/env' },
      { workspace: '/env', device: null, extensions: [] },
    ],
    [
      'extensions',
      ['--extension', 'a.ts', '--extension=/b.ts'],
      {},
      { workspace: null, device: null, extensions: ['/home/u/a.ts', '/b.ts'] },
    ],
    [
      'one in each',
      ['--workspace=/ws'],
      { EXITLAB_WORKSPACE: '/env' },
      { workspace: '/ws', device: null, extensions: [] },
    ],
    ['an empty one', ['.'], { EXITLAB_WORKSPACE: '' }, { workspace: null, device: null, extensions: [] }],
    ['a device', ['.', '--device', 'cuda:1'], {}, { workspace: null, device: 'cuda:1', extensions: [] }],
    [
      "Chromium's switches",
      ['--no-sandbox', '--disable-gpu', '--inspect=0', '.'],
      {},
      { workspace: null, device: null, extensions: [] },
    ],
  ])('with %s', (_, args, environment, expected) => {
    expect(readCommandLine(args, environment, '/home/u')).toEqual(expected)
  })

  test('each workspace has a window, and so a folder, of its own', () => {
    const folders = [null, '/one', '/two'].map((workspace) => userFolder('/home/u/.config', { workspace }))
    expect(folders[0]).toBe('/home/u/.config/Exitlab')
    expect(new Set(folders).size).toBe(3)
    expect(userFolder('/home/u/.config', { workspace: '/one' })).toBe(folders[1])
  })
})
