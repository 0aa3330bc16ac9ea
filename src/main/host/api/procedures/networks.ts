import { isAbsolute } from 'node:path'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { os } from '../contract.ts'

export const networks = {
  describe: os.networks.describe.handler(async ({ input, context: { networkFiles } }) => {
    if (!isAbsolute(input.path))
      throw new ExitlabError('usage', `“${input.path}” is no absolute path on the machine of the host.`)
    return (await networkFiles.describe(input)).report
  }),
}
