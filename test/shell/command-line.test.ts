import { describe, expect, test } from 'vitest'
import { readCommandLine, userFolder } from '../../src/main/shell/command-line.ts'

describe('the command line of the application', () => {
  test.each([
    ['nothing', ['.'], {}, { workspace: null, gpu: false }],
    ['a workspace', ['.', '--workspace', 'ws'], {}, { workspace: '/home/u/ws', gpu: false }],
    ['a workspace after an equals sign', ['--workspace=/ws'], {}, { workspace: '/ws', gpu: false }],
    ['one in the environment', ['.'], { EXITLAB_WORKSPACE: '/env' }, { workspace: '/env', gpu: false }],
    ['one in each', ['--workspace=/ws'], { EXITLAB_WORKSPACE: '/env' }, { workspace: '/ws', gpu: false }],
    ['an empty one', ['.'], { EXITLAB_WORKSPACE: '' }, { workspace: null, gpu: false }],
    ['the GPU', ['.', '--gpu'], {}, { workspace: null, gpu: true }],
    ["Chromium's switches", ['--no-sandbox', '--disable-gpu', '--inspect=0', '.'], {}, { workspace: null, gpu: false }],
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
