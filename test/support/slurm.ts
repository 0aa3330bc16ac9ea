import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A Slurm of its own with one node, for tests. Its processes are children of this one and end with it. */
export interface TestSlurm {
  folder: string
  /** Calls one of its programs. */
  call(program: string, ...args: string[]): string
  stop(): Promise<void>
}

/** Starts Slurm, or says why there is none here: it takes root, and slurm-wlm and munge installed. */
export async function startSlurm(): Promise<TestSlurm | string> {
  const missing = ['munged', 'slurmctld', 'slurmd', 'sbatch'].filter((program) => !isInstalled(program))
  if (missing.length > 0) return `there is no ${missing.join(', ')}: apt-get install slurm-wlm munge`
  if (process.getuid?.() !== 0) return 'this process is not root'
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-slurm-'))
  const processes: ChildProcess[] = []
  const daemon = (program: string, ...args: string[]) =>
    processes.push(spawn(program, args, { stdio: 'ignore', env: { ...process.env, SLURM_CONF: config } }))
  const config = join(folder, 'slurm.conf')
  const stop = async () => {
    // The controller last, which the daemon tells that it leaves.
    for (const child of processes.toReversed()) await ended(child)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o400 })
  writeFileSync(config, configuration(folder, await freePorts()))
  const munge = (name: string) => join(folder, `munge.${name}`)
  daemon(
    'munged',
    ...['--foreground', '--force', `--socket=${munge('socket')}`, `--key-file=${munge('key')}`],
    ...[`--pid-file=${munge('pid')}`, `--log-file=${munge('log')}`, `--seed-file=${munge('seed')}`],
  )
  await setTimeout(500)
  daemon('slurmctld', '-D', '-f', config)
  daemon('slurmd', '-D', '-f', config)
  const call: TestSlurm['call'] = (program, ...args) =>
    execFileSync(program, args, { env: { ...process.env, SLURM_CONF: config }, stdio: 'pipe' }).toString()
  for (let attempt = 0; attempt < 60; attempt++) {
    await setTimeout(500)
    if (isIdle(call)) return { folder, call, stop }
  }
  await stop()
  return 'its node did not become idle within 30 seconds'
}

function isIdle(call: TestSlurm['call']): boolean {
  try {
    return call('sinfo', '--noheader', '--format=%T').trim() === 'idle'
  } catch {
    return false
  }
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  await Promise.race([closed, setTimeout(5_000).then(() => child.kill('SIGKILL'))])
}

async function freePorts(): Promise<[number, number]> {
  const servers = await Promise.all(
    [0, 0].map(
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server))
        }),
    ),
  )
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports as [number, number]
}

/** More processors than the machine has, arrays of five tasks at most, quick decisions. */
function configuration(folder: string, [controller, daemon]: [number, number]): string {
  const host = hostname().split('.')[0]!
  return `ClusterName=exitlab
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${controller}
SlurmdPort=${daemon}
AuthType=auth/munge
AuthInfo=socket=${join(folder, 'munge.socket')}
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${join(folder, 'state')}
SlurmdSpoolDir=${join(folder, 'spool')}
SlurmctldPidFile=${join(folder, 'slurmctld.pid')}
SlurmdPidFile=${join(folder, 'slurmd.pid')}
SlurmctldLogFile=${join(folder, 'slurmctld.log')}
SlurmdLogFile=${join(folder, 'slurmd.log')}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
MaxArraySize=6
KillWait=10
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0,bf_interval=2
SlurmdParameters=config_overrides
NodeName=${host} NodeAddr=127.0.0.1 CPUs=8 RealMemory=4000 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`
}
