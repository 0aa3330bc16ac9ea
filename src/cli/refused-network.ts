import { stat } from 'node:fs/promises'
import type { HostClient } from '../contract/index.ts'
import type { RunDetail } from '../contract/run-detail.ts'
import { type Context, print } from './context.ts'
import { asRefusal } from './errors.ts'

/** Says where the file that a run has its network and first weights from would be refused today. */
export async function noteRefusedNetwork(context: Context, client: HostClient, run: RunDetail): Promise<void> {
  const { file, weightsPath } = run
  const isOwn = file.network['file'] !== undefined && !file.initial && weightsPath !== null
  if (!isOwn || !(await exists(weightsPath))) return
  const sites = file.network['sites'] as string[] | undefined
  const refusal = await refusalOf(client.networks.describe({ path: weightsPath, ...(sites && { sites }) }))
  if (refusal === null) return
  print(context.stderr, [
    `Note: a new run from this network’s file would be refused. ${refusal}`,
    '      This run is as it was trained from it; what it was trained on may be another network than the file meant.',
  ])
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

async function refusalOf(asked: Promise<unknown>): Promise<string | null> {
  try {
    await asked
    return null
  } catch (error) {
    const refusal = asRefusal(error)
    if (refusal?.code === 'data') return refusal.message
    throw error
  }
}
