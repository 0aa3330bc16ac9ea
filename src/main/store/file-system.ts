import { readFileSync, realpathSync, statfsSync } from 'node:fs'
import { ExitlabError } from '../../shared/basics/error.ts'

/** Magic numbers of statfs(2) on Linux. */
const networkTypes: Record<number, string> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB2',
  0x5346414f: 'AFS',
  0x6b414653: 'AFS',
  0x73757245: 'Coda',
  0x00c36400: 'CephFS',
  0x01021997: '9P',
  0x0bd00bd0: 'Lustre',
  0x47504653: 'GPFS',
  0x19830326: 'BeeGFS',
  0xaad7aaea: 'PanFS',
  0x20030528: 'OrangeFS',
  0x18031977: 'WekaFS',
}
const fuse = 0x65735546
/** What clients of network file systems in user space call themselves in the mount table, at the beginning of the name. */
const remoteFuse = [
  ...['sshfs', 'mount.davfs', 'davfs', 'curlftpfs', 'smbnetfs', 'afs', 'rclone'],
  ...['gluster', 'ceph', 'juicefs', 'beegfs', 'pvfs2', 'orangefs', 'mfs', 'moosefs', 'lizardfs', 'saunafs'],
  ...['seaweedfs', 'alluxio', 'fuse_dfs', 'quobyte', 'xtreemfs'],
  ...['s3fs', 's3ql', 'goofys', 'geesefs', 'mountpoint-s3', 'gcsfuse', 'blobfuse', 'ossfs', 'cosfs', 'obsfs'],
]

/** Type of the folder's file system, if it can be determined. */
interface FileSystem {
  type: number
  /** The kind that the mount table names, for file systems in user space. */
  mountType: string | null
}

/** The name of the network file system a folder is on; null where it is local. */
export function networkFileSystem({ type, mountType }: FileSystem): string | null {
  // statfs fills 32 bits of a signed number on some platforms.
  const name = networkTypes[type >>> 0]
  if (name !== undefined) return name
  const client = type >>> 0 === fuse ? mountType?.replace(/^fuse\./, '') : undefined
  return client !== undefined && remoteFuse.some((each) => client.startsWith(each)) ? mountType : null
}

/** Refuses a folder where the store's write-ahead log would not be safe: it needs memory shared by all its processes. */
export function refuseNetworkFileSystem(folder: string, look: (folder: string) => FileSystem = fileSystemOf): void {
  const name = folder.startsWith('\\\\') ? 'a network share' : networkFileSystem(look(folder))
  if (name === null) return
  throw new ExitlabError(
    'disk',
    `The workspace ${folder} is on a network file system (${name}), where its store could be damaged. ` +
      `Choose a folder on a local disk with --workspace DIR or EXITLAB_WORKSPACE.`,
  )
}

function fileSystemOf(folder: string): FileSystem {
  if (process.platform !== 'linux') return { type: 0, mountType: null }
  const { type } = statfsSync(folder)
  if (type >>> 0 !== fuse) return { type, mountType: null }
  // The table has no links.
  return { type, mountType: mountTypeOf(realpathSync(folder), readFileSync('/proc/self/mountinfo', 'utf8')) }
}

/** The file system type of the deepest mount that holds a folder, of several at one place the last. */
export function mountTypeOf(folder: string, mountInfo: string): string | null {
  const mounts = mountInfo
    .split('\n')
    .filter((line) => line.includes(' - '))
    .map((line) => ({ point: unescape(line.split(' ')[4] ?? ''), type: line.split(' - ')[1]?.split(' ')[0] ?? '' }))
    .filter(({ point }) => folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`))
  return mounts.sort((a, b) => a.point.length - b.point.length).at(-1)?.type ?? null
}

/** The mount table writes white space and backslashes as octal. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
}
