import type { ReadingSources } from './sources.ts'

/** What each source gives, in words: for authors of readings, in messages and in docs/extensions.md. */
export const sourceShapes: Readonly<Record<keyof ReadingSources, string>> = {
  results:
    'a list of the finished runs and imported results, each as `runs` gives it; an imported result has `imported`',
  runs: 'a list of the finished runs, each { id, experiment, series, regime, seed, exitCosts, exitBlocks, backboneCost, rule, validation, test }, where validation and test are { sampleCount, curve: { thresholds, values, costs }, exitValues, overthinking }',
  split: 'the name of the samples that the question is read on: test or validation',
  outputs:
    'a list of the seeds of one series, each { identity, predictions, scored, fitted }, where predictions is { exitCount, sampleCount, classCount, classes, confidences, entropies, labels }',
  scored:
    'a list of the seeds of one series, of any task, each { identity, scored, predictions, fitted }, where scored is { exitCount, sampleCount, scores, values, correct, predicted }',
  calibration: 'the same as `scored`, of the samples that were held back for calibration; null where none were',
  values: 'of one run of a regression { identity, outputs: { exitCount, sampleCount, logits, targets } }',
  logits:
    'what its second argument gives, a function of { exitCount, sampleCount, classCount, targets, samples(first, count), exit(exit) }; samples and exit give { logits, … }',
  data: 'a Map from the id of each run to text that tells its data from others',
  classes: 'a list of the names of the classes',
  ask: 'the answer of another reading',
  published: 'the tables of the paper, { tables, fitting, matching }',
  ruleOf: 'the name of the exit rule that the question is answered under',
  run: 'one run as lists show it, { id, name, experiment, series, regime, seed, status, … }',
  listed: 'a list of runs as lists show them, each { id, name, experiment, series, regime, seed, status, … }',
  settings:
    'the settings in which runs differ, { settings: [{ path, values }], same }, values in the order of the runs',
  network: 'the network of one run, { run, title, ledger, backboneMacs }',
  epochs: 'the epochs of one run, { run, exitCount, phases: [{ id, name, epochs, keptEpoch, records, metrics }] }',
  dominance: 'gradient dominance of one run, { run, exitCount, phases: [{ id, name, keptEpoch, objective, epochs }] }',
  trainings:
    'a Map from the id of each run to a list of its phases, each { id, name, epochs, seconds, steps, batchSize, stepCosts }',
  latencies:
    '{ machine, of }, where of is a Map from the id of each run to a list by batch size, each { batchSize, rounds, backbone, exits }',
  curves: 'a list of curves while training, each { run, points: [[x, y], …] }',
}

export const sourceNames = Object.keys(sourceShapes) as (keyof ReadingSources)[]
