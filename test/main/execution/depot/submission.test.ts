import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSubmission, removeSubmission, writeSubmission } from '../../../../src/main/execution/depot/submission.ts'
import { writeSealed } from '../../../../src/files/sealed-json.ts'
import { temporaryFolder } from '../../host/support.ts'

describe('the submission of a phase', () => {
  it('is read as it was written, until the submission of that job is removed', async () => {
    const folder = temporaryFolder()
    const submission = { task: 'exitlab-a_1', job: '7_1', at: 5 }
    expect(await readSubmission(folder)).toBeNull()
    await writeSubmission(folder, submission)
    await removeSubmission(folder, '8_1')
    await removeSubmission(folder, null)
    expect(await readSubmission(folder)).toEqual(submission)
    await removeSubmission(folder, '7_1')
    await removeSubmission(folder, '7_1')
    expect(await readSubmission(folder)).toBeNull()
  })

  it('is read where an older version has written it, without the name of its array', async () => {
    const folder = temporaryFolder()
    await writeSealed(join(folder, 'submission.json'), { job: '7_1', at: 5 })
    expect(await readSubmission(folder)).toEqual({ task: null, job: '7_1', at: 5 })
  })
})
