import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSlurm } from '../../../../src/main/execution/executors/slurm/client.ts'
import { hasEnded, wasInterrupted } from '../../../../src/main/execution/executors/slurm/job-record.ts'
import { jobOfTask, parseListing } from '../../../../src/main/execution/executors/slurm/listing.ts'

const titles = 'ARRAY_JOB_ID|ARRAY_TASK_ID|STATE|REASON|NODELIST|NAME|.\n'
const running = '12|3|RUNNING|None|n7|exitlab-a|.\n'

/** Slurm whose programs are these shell scripts. */
function slurmOf(programs: Record<string, string>, limitMilliseconds = 60_000) {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-programs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  return createSlurm({ PATH: `${folder}:/usr/bin:/bin`, SQUEUE_STATES: 'RUNNING' }, limitMilliseconds)
}

describe('a listing of jobs', () => {
  it('has the tasks of arrays that wait in one line, and leaves jobs out that are no arrays', () => {
    const text = `${titles}${running}12|5-6,9-13:2%4|PENDING|Priority||exitlab-a|.\n13|N/A|RUNNING|None|n7|shell|.\n`
    const listing = parseListing(text)!
    expect([...listing.keys()]).toEqual(['12_3', '12_5', '12_6', '12_9', '12_11', '12_13'])
    expect(listing.get('12_3')).toEqual({ state: 'RUNNING', reason: 'None', node: 'n7', name: 'exitlab-a' })
    expect(listing.get('12_11')).toEqual({ state: 'PENDING', reason: 'Priority', node: '', name: 'exitlab-a' })
  })

  it('finds a job by the name that it was submitted with', () => {
    const listing = parseListing(`${titles}${running}14|3|PENDING|None||exitlab-b|.\n`)!
    expect(jobOfTask(listing, 'exitlab-b_3')).toBe('14_3')
    expect(jobOfTask(listing, 'exitlab-b_4')).toBeNull()
  })

  it('may have jobs of others with any name', () => {
    expect([...parseListing(`${titles}9|N/A|RUNNING|None|n1|a|b\n7|.x|.\n${running}`)!.keys()]).toEqual(['12_3'])
  })

  it('may be empty', () => {
    expect(parseListing(titles)!.size).toBe(0)
  })

  it.each([
    ['nothing', ''],
    ['a blank line', '\n'],
    ['a message', 'slurm_load_jobs error: Unable to contact slurm controller\n'],
    ['a list without its titles', running],
    ['a message behind the titles', `${titles}slurm_load_jobs error\n`],
    ['a message between jobs', `${titles}${running}Zero Bytes were transmitted or received\n${running}`],
    ['a line that is cut off', `${titles}${running}${running.slice(0, -7)}`],
    ['titles that are cut off', titles.slice(0, -20)],
    ['lines without a column', `${titles}12|3|RUNNING|None|n7|.\n`],
    ['indices that are cut off', `${titles}12|[1-4,|PENDING|None||exitlab-a|.\n`],
    ['indices without end', `${titles}12|0-99999999999|PENDING|None||exitlab-a|.\n`],
    ['steps of nothing', `${titles}12|0-9:0|PENDING|None||exitlab-a|.\n`],
    ['bytes', '\u0000\u0001\ufffd'],
  ])('is not read from %s', (_, text) => {
    expect(parseListing(text)).toBeNull()
  })
})

describe('the client of Slurm', () => {
  it('refuses an answer of squeue that is no complete list, and says what it was', async () => {
    await expect(slurmOf({ squeue: 'echo Garbage; exit 0' }).queue()).rejects.toMatchObject({
      code: 'engine',
      message: 'squeue printed “Garbage” instead of a complete list of jobs.',
    })
    await expect(slurmOf({ squeue: '' }).queue()).rejects.toThrow('squeue printed nothing instead of')
    await expect(slurmOf({ squeue: 'echo no controller >&2; exit 1' }).queue()).rejects.toThrow(
      'squeue failed: no controller',
    )
    await expect(slurmOf({ squeue: `printf '${titles}'; kill -9 $$` }).queue()).rejects.toThrow('squeue failed')
  })

  it('asks for all jobs, whatever lists the user has set for herself', async () => {
    expect(await slurmOf({ squeue: `printf "${titles}$SQUEUE_STATES"` }).queue()).toEqual(new Map())
  })

  it('has long lists of indices whole, and a user’s other settings', async () => {
    const printed = '$SLURM_BITSTR_LEN $PATH'
    await expect(slurmOf({ squeue: `echo "${printed}"` }).queue()).rejects.toThrow(/printed “0 \S+:\/usr\/bin:\/bin”/)
  })

  it('asks for the largest array, and takes nothing else for it', async () => {
    const script = 'test "$*" = "show config" && printf "MaxArraySizes = 7\\nMaxArraySize            = 1001\\n"'
    expect(await slurmOf({ scontrol: script }).maxArraySize()).toBe(1001)
    await expect(slurmOf({ scontrol: 'echo SchedulerType=sched' }).maxArraySize()).rejects.toThrow(
      'scontrol printed “SchedulerType=sched” instead of the MaxArraySize of the cluster.',
    )
  })

  it('cancels jobs, many in several calls, and none without a job', async () => {
    const calls = join(mkdtempSync(join(tmpdir(), 'exitlab-calls-')), 'calls')
    onTestFinished(() => rm(dirname(calls), { recursive: true }))
    const slurm = slurmOf({ scancel: `echo "$1 $#" >> ${calls}` })
    await slurm.cancel(Array.from({ length: 501 }, (_, index) => `12_${index}`))
    await slurm.cancel([])
    expect(readFileSync(calls, 'utf8')).toBe('--quiet 501\n--quiet 2\n')
    await expect(slurmOf({ scancel: 'echo no >&2; exit 1' }).cancel(['1_0'])).rejects.toThrow('scancel failed: no')
    await expect(slurmOf({ scancel: 'exit 3' }).cancel(['1_0'])).rejects.toThrow('scancel failed: exit code 3')
  })

  it('waits for no program longer than a limit, or than its host lives', async () => {
    await expect(slurmOf({ squeue: 'sleep 600' }, 100).queue()).rejects.toThrow('squeue did not answer within 0.1 s.')
    const ending = new AbortController()
    const asked = slurmOf({ squeue: 'sleep 600' }).queue(ending.signal)
    ending.abort()
    await expect(asked).rejects.toThrow()
  })

  it('says which program is missing', async () => {
    await expect(createSlurm({ PATH: '/nowhere' }).queue()).rejects.toThrow(
      'Slurm is not installed on this machine: there is no squeue. Run this on a login node of the cluster.',
    )
  })

  it('reads the job of an array from what sbatch prints, and takes nothing else for one', async () => {
    const submit = (script: string) => slurmOf({ sbatch: script }).submit(['--requeue'], '/depot/logs/a.sh')
    expect(await submit('test "$*" = "--requeue /depot/logs/a.sh" && echo 71')).toBe('71')
    expect(await submit('echo "71;cluster"')).toBe('71')
    expect(await submit('echo "Welcome to the cluster."; echo 71')).toBe('71')
    await expect(submit('echo "Submitted, believe me."')).rejects.toThrow('instead of the id of a job')
    await expect(submit('echo 71; exit 1')).rejects.toThrow('sbatch failed')
  })

  const shown = (state: string) =>
    `JobId=6 ArrayJobId=1 JobName=exitlab-a JobState=${state} Reason=None Dependency=(null) ExitCode=0:53 ReqNodeList=(null) NodeList=n7 BatchHost=n7`

  it('reads a job from what scontrol prints', async () => {
    const job = await slurmOf({ scontrol: `echo "${shown('FAILED')}"` }).job('1_0')
    expect(job).toEqual({ state: 'FAILED', reason: 'None', exitCode: 0, signal: 53, node: 'n7' })
  })

  it('knows no node of a job that runs nowhere', async () => {
    for (const nodes of ['(null)', '']) {
      const scontrol = `echo "${shown('PENDING').replace(' NodeList=n7', ` NodeList=${nodes}`)}"`
      expect((await slurmOf({ scontrol }).job('1_0'))!.node).toBe('')
    }
    const forgotten = 'echo "Job 1_0 not found"; exit 1'
    const sacct = 'echo "CANCELLED|None|0:0|None assigned"'
    expect((await slurmOf({ scontrol: forgotten, sacct }).job('1_0'))!.node).toBe('')
  })

  it('takes no job for forgotten because its host ends while the accounts are asked', async () => {
    const ending = new AbortController()
    const slurm = slurmOf({ scontrol: 'echo "Job 1_0 not found"; exit 1', sacct: 'sleep 600' })
    const asked = slurm.job('1_0', ending.signal)
    setTimeout(() => ending.abort(new Error('The host ends.')), 500)
    await expect(asked).rejects.toThrow()
  })

  /** Of Slurm's job state codes, states and flags: whether a job is over, and whether it was ended from outside. */
  it.each([
    ['BOOT_FAIL', true, true],
    ['CANCELLED', true, false],
    ['COMPLETED', true, false],
    ['DEADLINE', true, true],
    ['FAILED', true, false],
    ['LAUNCH_FAILED', true, true],
    ['NODE_FAIL', true, true],
    ['OUT_OF_MEMORY', true, false],
    ['PREEMPTED', true, true],
    ['RECONFIG_FAIL', true, true],
    ['REVOKED', true, true],
    ['TIMEOUT', true, true],
    ['COMPLETING', false, false],
    ['CONFIGURING', false, false],
    ['EXPEDITING', false, false],
    ['PENDING', false, false],
    ['POWER_UP_NODE', false, false],
    ['REQUEUED', false, false],
    ['REQUEUE_FED', false, false],
    ['REQUEUE_HOLD', false, false],
    ['RESIZING', false, false],
    ['RESV_DEL_HOLD', false, false],
    ['RUNNING', false, false],
    ['SIGNALING', false, false],
    ['SPECIAL_EXIT', false, false],
    ['STAGE_OUT', false, false],
    ['STOPPED', false, false],
    ['SUSPENDED', false, false],
    ['UPDATE_DB', false, false],
  ])('tells whether a job in state %s is over (%s), from outside (%s)', async (state, ended, interrupted) => {
    const job = await slurmOf({ scontrol: `echo "${shown(state)}"` }).job('1_0')
    expect([hasEnded(job!), wasInterrupted(job!)]).toEqual([ended, interrupted])
  })

  it.each([
    ['echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1'],
    ['echo "Job 1_0 not found"; exit 1'],
  ])('asks the accounts for a job that the controller has forgotten: %s', async (scontrol) => {
    const accounts = (sacct: string) => slurmOf({ scontrol, sacct }).job('1_0')
    expect(await accounts('echo "CANCELLED by 0|None|0:15|n7"')).toEqual({
      ...{ state: 'CANCELLED', reason: 'None', exitCode: 0, signal: 15, node: 'n7' },
    })
    expect(await accounts('echo "Slurm accounting storage is disabled" >&2; exit 1')).toBeNull()
    expect(await slurmOf({ scontrol }).job('1_0')).toBeNull()
  })

  it('does not take a job for forgotten because the controller cannot be asked', async () => {
    const ask = (scontrol: string) => slurmOf({ scontrol, sacct: 'exit 1' }).job('1_0')
    await expect(ask('echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; exit 1')).rejects.toThrow(
      'scontrol failed: slurm_load_jobs error',
    )
    await expect(ask('echo Garbage')).rejects.toThrow('scontrol printed “Garbage” instead of the job 1_0.')
    await expect(ask('')).rejects.toThrow('scontrol printed nothing')
  })
})
