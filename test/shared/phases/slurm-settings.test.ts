import { describe, expect, it } from 'vitest'
import { jobState } from '../../../src/shared/phases/slurm-jobs.ts'
import { initialSlurm, slurmSettings } from '../../../src/shared/phases/slurm-settings.ts'

describe('settings of Slurm', () => {
  it.each(['90', '90:30', '4:00:00', '1-12', '1-12:30', '1-12:30:15'])('take the time limit %s', (time) => {
    expect(slurmSettings.parse({ ...initialSlurm, time }).time).toBe(time)
  })

  it.each([
    ['time', '4 hours', 'expected minutes, hours:minutes:seconds or days-hours, such as 90, 4:00:00 or 1-12'],
    ['time', '1:2:3:4', 'expected minutes, hours:minutes:seconds or days-hours, such as 90, 4:00:00 or 1-12'],
    ['partition', 'gpu short', 'expected one word'],
    ['cpus', 0, 'expected a whole number from 1 to 1024'],
    ['gpus', null, 'expected a whole number from 0 to 64'],
    ['signalSeconds', 1.5, 'expected a whole number from 10 to 3600'],
    ['flags', ['qos=low'], 'expected options that begin with --, such as --qos=low'],
  ])('refuse %s %j', (name, value, message) => {
    const { error } = slurmSettings.safeParse({ ...initialSlurm, [name]: value })
    expect(error!.issues.map((issue) => issue.message)).toEqual([message])
  })
})

describe('the state of a job', () => {
  it.each([
    [{ state: 'RUNNING', reason: null, node: 'n7' }, 'running on n7'],
    [{ state: 'PENDING', reason: 'Dependency', node: null }, 'pending (Dependency)'],
    [{ state: 'CONFIGURING', reason: null, node: null }, 'configuring'],
    [{ state: null, reason: null, node: null }, 'left the queue'],
  ])('%j is “%s”', (job, text) => {
    expect(jobState(job)).toBe(text)
  })
})
