import { existsSync } from 'node:fs'
import { ExitlabError } from '../../../shared/error.ts'
import { refuseNetworkFileSystem } from '../../store/file-system.ts'
import { type Check, ok, problem } from './check.ts'

export const workspace: Check = {
  name: 'workspace',
  run({ store, about }) {
    const { folder } = store.workspace
    if (!existsSync(folder)) return [ok(`${folder} is not there yet; the first run makes it`)]
    try {
      refuseNetworkFileSystem(folder)
    } catch (error) {
      if (!(error instanceof ExitlabError)) throw error
      return [problem(error.message, 'Choose a folder on a local disk with --workspace DIR or EXITLAB_WORKSPACE.')]
    }
    return [ok(about.host === null ? folder : `${folder}, open in process ${about.host.pid}`)]
  },
}
