import { isAbsolute } from 'node:path'
import type { Registered } from '../../../../contract/registered.ts'
import type { Installable, InstallProgress, Settings } from '../../../../contract/system.ts'
import { knownData } from '../../../../contract/experiment/data.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { datasets } from '../../../../datasets/index.ts'
import { loadedExtensions } from '../../../extensions/launch.ts'
import { dataLocation } from '../../../store/data-location.ts'
import { tokenFolder } from '../../../store/workspace.ts'
import { dataFolders, dataFolder } from '../../data/data-folders.ts'
import { modelFile, modelNames } from '../../data/model-files.ts'
import { diskByExperiment } from '../../workspace/disk/disk-by-experiment.ts'
import { evaluationBytes, freeBytes, sizeOf } from '../../workspace/disk/disk-use.ts'
import type { HostServices } from '../services.ts'
import { contractRevision } from '../contract-revision.ts'
import { os, withDefinedErrors } from '../contract.ts'

export const system = {
  revision: os.system.revision.handler(() => contractRevision()),

  info: os.system.info.handler(async ({ context: { store, about, settings } }) => {
    const { folder, checkpoints, evaluations, analyses } = store.workspace
    const { version, executor, ...known } = about
    const { parallel, device, depot } = settings.current()
    const inFolders = await evaluationBytes(store.workspace, store.phases.ids())
    const disk = {
      freeBytes: await freeBytes(folder),
      checkpointBytes: (await sizeOf(checkpoints)) - inFolders,
      evaluationBytes: (await sizeOf(evaluations)) + inFolders,
      analysisBytes: await sizeOf(analyses),
      tokenBytes: await sizeOf(tokenFolder(store.workspace)),
    }
    const extensions = loadedExtensions().map(({ archive: _, ...origin }) => origin)
    const host = known.host && { ...known.host, parallel, device, executor, depot, extensions }
    return { version, workspace: folder, host, attached: null, device: known.device, disk }
  }),

  disk: os.system.disk.handler(({ context: { store } }) => diskByExperiment(store)),

  doctor: os.system.doctor.handler(async ({ context }) => {
    const { diagnose } = await import('../../workspace/doctor/index.ts')
    return diagnose(context)
  }),

  engine: os.system.engine.handler(async ({ context }) => {
    const { describeEngine } = await import('../../workspace/machine/describe-engine.ts')
    return describeEngine(context)
  }),

  settings: os.system.settings.handler(({ context: { settings } }) => settings.remembered()),

  configure: os.system.configure.handler(({ input, context: { settings } }) => {
    refuseRelative(input.dataFolders)
    refuseRelativeDepot(input.depot ?? null)
    return settings.change(input)
  }),

  dataFolders: os.system.dataFolders.handler(({ context: { settings, environment } }) =>
    dataFolders(settings.current(), environment),
  ),

  extensions: os.system.extensions.handler(({ context }) => registeredNow(context)),

  extensionChange: os.system.extensionChange.handler(async ({ input, context: { environment, store } }) => {
    const { changeOf } = await import('../../../extensions/change.ts')
    return changeOf(input, { environment, folder: store.workspace.folder })
  }),

  writeTemplate: os.system.writeTemplate.handler(async ({ input }) => {
    const { writeTemplate } = await import('../../../extensions/write-template.ts')
    return writeTemplate(input)
  }),

  trustExtension: os.system.trustExtension.handler(async ({ input, context }) => {
    const { trustFile } = await import('../../../extensions/change.ts')
    await trustFile(input, { environment: context.environment, at: Date.now() })
    return registeredNow(context)
  }),

  revokeExtension: os.system.revokeExtension.handler(async ({ input, context }) => {
    const { forgetTrusted } = await import('../../../extensions/trust.ts')
    await forgetTrusted(input.file, context.environment)
    return registeredNow(context)
  }),

  checkData: os.system.checkData.handler(async ({ input: { source }, context }) => {
    const dataset = datasets.get(source)
    if (dataset.files === null) throw noFolderOfItsOwn()
    const { store, settings, environment } = context
    const { folder: dataPath } = dataFolder(source, settings.current(), environment)
    const { maxLength } = dataset.kind === 'text' ? dataset : {}
    const tokenizer =
      dataset.kind === 'text' ? modelFile(modelNames[0], 'tokenizer.json', { folder: null, environment }) : undefined
    const location = dataLocation(store.workspace, { dataPath, tokenizer })
    const found = await context.trainers.describe({
      kind: 'describe',
      data: knownData.parse({ source, maxLength }),
      ...location,
    })
    const { counts, classes, fingerprint } = found
    const shape =
      found.kind === 'images' ? { height: found.height, width: found.width, channels: found.channels } : null
    return { counts, classes, shape, fingerprint }
  }),

  install: os.system.install.handler(({ input: { what }, context, signal }) =>
    withDefinedErrors(context.store, installing(what, context, signal)),
  ),
}

function refuseRelative(folders: Settings['dataFolders'] = {}): void {
  for (const [source, folder] of Object.entries(folders)) {
    if (isAbsolute(folder)) continue
    throw new ExitlabError(
      'usage',
      `The folder of ${source} must be absolute, such as /data/${source}; got “${folder}”.`,
    )
  }
}

function refuseRelativeDepot(depot: string | null): void {
  if (depot !== null && !isAbsolute(depot))
    throw depotRefused(`expected an absolute path, such as /nfs/you/depot; got “${depot}”`)
}

function depotRefused(message: string): ExitlabError {
  return new ExitlabError('usage', `depot: ${message}`, { problems: [{ path: ['depot'], message }] })
}

function noFolderOfItsOwn(): ExitlabError {
  return new ExitlabError('usage', 'Set the path of your own samples with data.path in the experiment file.')
}

async function* installing(
  what: Installable,
  { environment, trainers }: HostServices,
  signal: AbortSignal | undefined,
): AsyncGenerator<InstallProgress, void> {
  const [{ install }, { requireHardware }] = await Promise.all([
    import('../../workspace/machine/install.ts'),
    import('../../workspace/machine/describe-engine.ts'),
  ])
  if (what === 'tensorflow-gpu') await requireHardware(environment)
  yield* install(what, { environment, signal })
  // Trainers that wait for a job were started without the new installation.
  if (!datasets.has(what)) trainers.renew()
}

async function registeredNow({ store, environment }: Pick<HostServices, 'store' | 'environment'>): Promise<Registered> {
  const [{ methodList }, { extensionStates }, { usedExtensions }] = await Promise.all([
    import('../../../extensions/methods.ts'),
    import('../../../extensions/states.ts'),
    import('../../runs/used-extensions.ts'),
  ])
  const methods = methodList()
  const { folder } = store.workspace
  return { extensions: await extensionStates(usedExtensions(store, methods), { environment, folder }), methods }
}
