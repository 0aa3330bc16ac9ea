import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface Start {
  /** Absolute folder; null: the default workspace. */
  workspace: string | null
  /** What trains, overriding the settings; null: as set. */
  device: string | null
  /** Files of extensions, absolute. */
  extensions: string[]
}

/**
 * What the application was asked for: `--workspace DIR`, else EXITLAB_WORKSPACE, `--device NAME`, and `--extension FILE` several times. Chromium's own
 * switches are among the arguments and are left alone.
 */
export function readCommandLine(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): Start {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workspace: { type: 'string' },
      device: { type: 'string' },
      extension: { type: 'string', multiple: true },
    },
    strict: false,
    allowPositionals: true,
  })
  const asked = typeof values.workspace === 'string' ? values.workspace : environment.EXITLAB_WORKSPACE
  return {
    workspace: asked ? resolve(workingFolder, asked) : null,
    device: typeof values.device === 'string' ? values.device : null,
    extensions: (values.extension ?? []).flatMap((file) =>
      typeof file === 'string' ? [resolve(workingFolder, file)] : [],
    ),
  }
}

/** Folder of the page's settings and the window's position: one for each workspace. */
export function userFolder(applicationData: string, { workspace }: Pick<Start, 'workspace'>): string {
  const folder = join(applicationData, 'Exitlab')
  if (workspace === null) return folder
  return join(folder, 'workspaces', createHash('sha256').update(workspace).digest('hex').slice(0, 16))
}
