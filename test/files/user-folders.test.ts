import { expect, test } from 'vitest'
import { defaultDataFolder, defaultWorkspace, tensorflowFolder, userFolders } from '../../src/files/user-folders.ts'

test('kept work and what can be fetched again lie where each platform puts them', () => {
  expect(userFolders({ HOME: '/home/ada' }, 'linux')).toEqual({
    data: '/home/ada/.local/share/exitlab',
    cache: '/home/ada/.cache/exitlab',
    config: '/home/ada/.config/exitlab',
  })
  expect(
    userFolders({ HOME: '/home/ada', XDG_CACHE_HOME: '/c', XDG_DATA_HOME: '/d', XDG_CONFIG_HOME: '/e' }, 'linux'),
  ).toEqual({
    data: '/d/exitlab',
    cache: '/c/exitlab',
    config: '/e/exitlab',
  })
  expect(userFolders({ HOME: '/home/ada', XDG_CACHE_HOME: '' }, 'linux').cache).toBe('/home/ada/.cache/exitlab')
  expect(userFolders({ HOME: '/Users/ada' }, 'darwin').cache).toBe('/Users/ada/Library/Caches/exitlab')
})

test('the environment decides where it says something', () => {
  const environment = { EXITLAB_WORKSPACE: '/w', EXITLAB_TENSORFLOW: '/t', EXITLAB_DATASETS: '/d' }
  expect(defaultWorkspace(environment)).toBe('/w')
  expect(tensorflowFolder(environment)).toBe('/t')
  expect(defaultDataFolder('mnist', environment)).toBe('/d/mnist')
})

test('the GPU build of TensorFlow lies beside the other', () => {
  const environment = { XDG_CACHE_HOME: '/c' }
  expect(tensorflowFolder(environment)).toMatch(/exitlab.tensorflow$/)
  expect(tensorflowFolder(environment, { gpu: true })).toMatch(/exitlab.tensorflow-gpu$/)
})
