import { describe, expect, it } from 'vitest'
import { mountTypeOf, networkFileSystem, refuseNetworkFileSystem } from '../../../src/main/store/file-system.ts'

const mounts = String.raw`
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw
35 22 0:31 / /home/me/far rw,nosuid shared:9 - fuse.sshfs me@host:/ rw,user_id=0
36 22 0:32 / /mnt/two\040words rw shared:10 - fuseblk /dev/sdb1 rw
`

describe('network file systems', () => {
  it.each([
    [{ type: 0x6969, mountType: null }, 'NFS'],
    [{ type: 0xff534d42 | 0, mountType: null }, 'CIFS'],
    [{ type: 0x65735546, mountType: 'fuse.sshfs' }, 'fuse.sshfs'],
    [{ type: 0x19830326, mountType: null }, 'BeeGFS'],
    [{ type: 0xaad7aaea | 0, mountType: null }, 'PanFS'],
    [{ type: 0x20030528, mountType: null }, 'OrangeFS'],
    [{ type: 0x65735546, mountType: 'fuse.ceph-fuse' }, 'fuse.ceph-fuse'],
    [{ type: 0x65735546, mountType: 'fuse.ceph' }, 'fuse.ceph'],
    [{ type: 0x65735546, mountType: 'fuse.juicefs' }, 'fuse.juicefs'],
    [{ type: 0x65735546, mountType: 'fuse.glusterfs' }, 'fuse.glusterfs'],
    [{ type: 0x65735546, mountType: 'fuseblk' }, null],
    [{ type: 0x65735546, mountType: 'fuse.gocryptfs' }, null],
    [{ type: 0xef53, mountType: null }, null],
  ])('%j is %s', (fileSystem, name) => {
    expect(networkFileSystem(fileSystem)).toBe(name)
  })

  it('are told from local ones in user space by the mount table', () => {
    expect(mountTypeOf('/home/me/far/workspace', mounts)).toBe('fuse.sshfs')
    expect(mountTypeOf('/home/me/farther', mounts)).toBe('ext4')
    expect(mountTypeOf('/mnt/two words/x', mounts)).toBe('fuseblk')
    const over = `${mounts}37 35 0:33 / /home/me/far rw shared:11 - fuse.juicefs JuiceFS:jfs rw\n`
    expect(mountTypeOf('/home/me/far/workspace', over)).toBe('fuse.juicefs')
  })

  it('are refused with the kind and a way out', () => {
    expect(() => refuseNetworkFileSystem('/w', () => ({ type: 0x6969, mountType: null }))).toThrow(
      expect.objectContaining({ code: 'disk', message: expect.stringMatching(/NFS.*--workspace DIR/) as string }),
    )
    refuseNetworkFileSystem('/w', () => ({ type: 0xef53, mountType: null }))
  })
})
