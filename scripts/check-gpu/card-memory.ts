import { spawnSync } from 'node:child_process'

const query = ['--query-compute-apps=pid,used_memory', '--format=csv,noheader,nounits']

/**
 * Memory that this process has taken of its card, in 10⁶ bytes: TensorFlow keeps what it once took, so that it is the peak, with
 * CUDA's own. Null where nvidia-smi does not tell, as in containers, in which it does not know the process by its number.
 */
export function cardMemoryMb(): number | null {
  const { stdout } = spawnSync('nvidia-smi', query, { encoding: 'utf8', timeout: 10_000 })
  const lines = (stdout ?? '').split('\n').map((line) => line.split(',').map(Number))
  const mebibytes = lines.find(([pid]) => pid === process.pid)?.[1]
  return mebibytes ? Math.round((mebibytes * 2 ** 20) / 1e6) : null
}
