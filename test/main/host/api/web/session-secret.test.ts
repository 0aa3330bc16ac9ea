import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { expect, it } from 'vitest'
import { sessionSecret } from '../../../../../src/main/host/api/web/session-secret.ts'
import { workspaceAt } from '../../../../../src/main/store/workspace.ts'
import { temporaryFolder } from '../../support.ts'

it.skipIf(!existsSync('/dev/full'))(
  'leaves nothing behind on a full disk, and reports it; with space it is created',
  () => {
    const workspace = workspaceAt(temporaryFolder())
    symlinkSync('/dev/full', `${workspace.sessionSecret}.partial`)
    expect(() => sessionSecret(workspace)).toThrow(
      expect.objectContaining({
        code: 'disk',
        message: expect.stringMatching(/session-secret.*disk is full/) as string,
      }),
    )
    expect(readdirSync(workspace.folder)).toEqual([])
    expect(sessionSecret(workspace)).toEqual(sessionSecret(workspace))
    expect(readdirSync(workspace.folder)).toEqual(['session-secret'])
  },
)
