/** A workbench in a process of its own, to be ended or killed: `node workbench-process.ts WORKSPACE FAKE_TRAINER_FOLDER`. */
import { openWorkbench } from '../../src/main/host/open/workbench.ts'
import { hostSettings } from '../main/host/settings.ts'

const [workspace, fakeFolder] = process.argv.slice(2) as [string, string]
const workbench = await openWorkbench({ ...hostSettings(workspace, fakeFolder), ways: [] })
process.on('SIGTERM', () => void workbench.close())
