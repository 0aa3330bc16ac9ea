/** Names of settings that their key alone does not tell; every other one is called as its key reads. */
const names: Record<string, string> = {
  'data.source': 'Data set',
  'data.path': 'Folder or archive',
  'data.limit.train': 'Training samples',
  'data.limit.test': 'Test samples',
  'data.validation.fraction': 'Validation fraction',
  'data.validation.seed': 'Validation seed',
  'data.calibration': 'Calibration samples',
  'data.calibration.fraction': 'Calibration fraction',
  'data.calibration.seed': 'Calibration seed',
  'data.testFraction': 'Test fraction',
  'objective.distillation': 'Self-distillation',
  'data.mixing': 'Mixup and CutMix',
  'data.mixing.mixupAlpha': 'Mixup α',
  'data.mixing.cutmixAlpha': 'CutMix α',
  'data.mixing.mode': 'Mixing mode',
  'data.mixing.smoothing': 'Label smoothing',
  'data.pad': 'Padding',
  'data.maxLength': 'Maximum length',
  'initial.weights': 'File of weights',
  'network.head': 'Exit head',
  'network.gpfDim': 'GPF state units',
  'network.mlpDim': 'MLP width',
  'network.dim': 'Embedding dimension',
  'network.headCount': 'Attention heads',
  'network.widths': 'Channels per stage',
  'network.blockCounts': 'Blocks per stage',
  'objective.parameters.first': 'First weight',
  'objective.parameters.last': 'Final weight',
  'training.epochs': 'Maximum epochs',
  'training.clipNorm': 'Gradient clip',
  'training.keep': 'Best checkpoint',
  'training.schedule.kind': 'Schedule',
  'training.earlyStopping.patience': 'Patience',
  'training.earlyStopping.metric': 'Monitored metric',
  'training.earlyStopping.delta': 'Minimum improvement',
  learningRates: 'Learning rates by part',
  stopsOn: 'Exits that early stopping monitors',
  share: 'Share of the epochs',
  'training.beta1': 'β₁',
  'training.beta2': 'β₂',
  'training.epsilon': 'ε',
  'probes.gradientDominance': 'Gradient dominance batches',
}

/** What null means, in a word, where “none” is not it. */
const nulls: Record<string, string> = {
  'data.limit.train': 'all',
  'data.limit.test': 'all',
  'training.clipNorm': 'never',
  'training.schedule.cycleEpochs': 'patience',
}

const choices: Record<string, string> = {
  'leave-out': 'leave out',
  'cosine-warm-restarts': 'cosine, warm restarts',
  'linear-warm-up': 'linear, warm-up and decay',
}

/** `minimumLearningRate` → “Minimum learning rate”. */
export function settingName(key: string): string {
  const known = names[key]
  if (known !== undefined) return known
  const words = key
    .split('.')
    .at(-1)!
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What null is called as the value of a setting. */
export function nullName(key: string): string {
  return nulls[key] ?? 'none'
}

/** What a value is called in a list of choices: as in the file, but for proper names. */
export function choiceName(value: string): string {
  return choices[value] ?? value
}
