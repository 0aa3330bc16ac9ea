/**
 * A host whose phases are trained by jobs of Slurm, in a process of its own, to be killed: queues an experiment and follows it.
 * `node cluster-host-process.ts WORKSPACE FAKE_TRAINER_FOLDER DEPOT`
 */
import { openHost } from '../../src/main/host/open/index.ts'
import { experiment, hostSettings } from '../main/host/settings.ts'
import { clusterSettings, oneProcessor } from './cluster-settings.ts'

const [workspace, fakeFolder, depot] = process.argv.slice(2) as [string, string, string]
const host = await openHost({ ...hostSettings(workspace, fakeFolder), ...clusterSettings(fakeFolder) })
await host.client.system.configure({ depot, slurm: oneProcessor })
await host.client.experiments.create(experiment({ seeds: [1] }))
await host.idle()
await host.close()
