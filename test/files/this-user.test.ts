import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { userId, userName } from '../../src/files/this-user.ts'
import { defaultWorkspace, userFolders } from '../../src/files/user-folders.ts'
import { makeSocketFolder, socketAddress } from '../../src/main/host/api/socket/address.ts'

// As Node answers where the password file has no entry of the user.
vi.mock('node:os', async (original) => {
  const fail = (call: string) => () => {
    throw Object.assign(new Error(`A system error occurred: ${call} returned ENOENT (no such file or directory)`), {
      code: 'ERR_SYSTEM_ERROR',
    })
  }
  const os = await original<typeof import('node:os')>()
  return { ...os, userInfo: fail('uv_os_get_passwd'), homedir: fail('uv_os_homedir') }
})

test('a user without an entry in the password file has an id and no name', () => {
  expect(userId()).toBe(process.getuid?.() ?? -1)
  expect(userName()).toBeNull()
})

test.skipIf(process.platform === 'win32')('a host of such a user can listen, also where paths are long', () => {
  const folder = mkdtempSync('/tmp/exitlab-user-')
  onTestFinished(() => rmSync(folder, { recursive: true }))
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  for (const name of ['w', 'a long name '.repeat(12)]) {
    const address = socketAddress({ folder: join(folder, name) } as Parameters<typeof socketAddress>[0])
    makeSocketFolder(address)
    expect(address).toContain(name === 'w' ? join(folder, 'w') : join(folder, `exitlab-${userId()}`))
  }
})

test('without HOME such a user is told what to set, unless folders are given', () => {
  expect(() => userFolders({}, 'linux')).toThrow('HOME is not set, and the system knows no home folder of this user.')
  expect(() => userFolders({}, 'darwin')).toThrow('Set HOME')
  const given = { XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c', XDG_CONFIG_HOME: '/e' }
  expect(userFolders(given, 'linux')).toEqual({ data: '/d/exitlab', cache: '/c/exitlab', config: '/e/exitlab' })
  expect(defaultWorkspace({ EXITLAB_WORKSPACE: '/w' })).toBe('/w')
})
