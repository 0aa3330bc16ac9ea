/** References to runs and experiments in which an experiment file means the experiment of its name. */
export async function experimentReferences(given: readonly string[]): Promise<string[]> {
  return Promise.all(given.map(nameOf))
}

async function nameOf(reference: string): Promise<string> {
  if (!/\.ya?ml$/i.test(reference)) return reference
  // Loaded only here to keep other commands fast.
  const { readExperiment } = await import('../host/experiments/file/read-experiment.ts')
  return (await readExperiment(reference)).file.name
}
