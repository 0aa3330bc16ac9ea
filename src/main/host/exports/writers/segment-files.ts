import { exitRuleOf } from '../../../../engine/exits/index.ts'
import type { FittedNumbers } from '../../../../shared/evaluation/evaluation.ts'
import type { RiskKind } from '../../../../shared/statistics/risk.ts'
import type { NetworkSpec } from '../../../../shared/network/network.ts'
import type { Costs } from '../../../../shared/runs/runs.ts'
import type { WrittenModel } from '../../../../shared/phases/trainer-events.ts'

/** Where samples leave a network. */
export interface Leaving {
  /** Reference of an exit rule. */
  rule: string
  /** Null where none was chosen. */
  threshold: number | null
  /** Numbers of the rule, if it is fitted (method 7.9). */
  fitted: FittedNumbers
  /** Fraction of the backbone's cost that the threshold was chosen for. */
  budget: number | null
  /** On validation samples, with this threshold: the task's primary metric by name, and mean cost in multiply-adds. */
  validation: { [metric: string]: number } | null
  /** What is guaranteed of the threshold; null: nothing. */
  guarantee: Guarantee | null
}

/** P(risk ≤ tolerated) ≥ 1 − delta, by samples that tested it (method 7.15). */
interface Guarantee {
  risk: RiskKind
  /** Of `difference`: the squared difference that counts as 1. */
  bound?: number
  tolerated: number
  delta: number
  samples: number
  /** Their mean loss. */
  sampleRisk: number
  p: number
  sentence: string
  /** Why it is not strict; null: it is. */
  caveat: string | null
}

interface ExportedSegments {
  network: NetworkSpec
  costs: Costs
  models: readonly WrittenModel[]
  leaving: Leaving
}

/** The text files that belong to the ONNX models of a run, by name. */
export function segmentFiles(exported: ExportedSegments): Record<string, string> {
  return {
    'segments.json': `${JSON.stringify(description(exported), null, 2)}\n`,
    'early_exit.py': earlyExit(exported.leaving),
  }
}

function description({ network, costs, models, leaving }: ExportedSegments) {
  const [segments, whole] = [models.slice(0, -1), models.at(-1)!]
  return {
    task: network.task ?? 'classification',
    classes: network.classes,
    costs: { backbone: costs.backboneMacs, exits: costs.exits.map(({ macs }) => macs) },
    leaving,
    segments: segments.map(({ exits, ...model }) => ({ exit: exits[0]!, ...model })),
    allExits: whole,
  }
}

const numbers = '    fitted = about["leaving"]["fitted"][: len(logits)]\n'

const guaranteeLines = (guarantee: Guarantee | null) =>
  guarantee ? `\n\n${[guarantee.sentence, guarantee.caveat ?? []].flat().join('\n')}` : ''

/** A program that leaves early. */
const earlyExit = ({
  rule,
  threshold,
  fitted,
  guarantee,
}: Leaving) => `"""Early exit: python early_exit.py INPUTS.npz ${threshold === null ? 'THRESHOLD' : '[THRESHOLD]'}

INPUTS.npz has an array for each input of segment-0.onnx. Prints the exit that each sample leaves at, and its outputs.${guaranteeLines(guarantee)}
"""
import json, sys
import numpy as np
import onnxruntime

about = json.load(open("segments.json"))
segments = [onnxruntime.InferenceSession(segment["file"]) for segment in about["segments"]]


def softmax(x):
    return np.exp(x - x.max()) / np.exp(x - x.max()).sum()


def score(logits):
    """${exitRuleOf(rule).rule.info.sentence}"""
    logits = [each.astype(float) for each in logits]
${fitted.length > 0 ? numbers : ''}    return ${exitRuleOf(rule).rule.python}


def run(inputs, threshold):
    """Runs a batch of one sample up to the first exit whose score is above the threshold, or the last."""
    values, logits = dict(inputs), []
    for exit, segment in enumerate(segments):
        names = [output.name for output in segment.get_outputs()]
        values.update(zip(names, segment.run(names, {each.name: values[each.name] for each in segment.get_inputs()})))
        logits.append(values[f"logits.{exit}"][0])
        if exit + 1 == len(segments) or score(logits) > threshold:
            return exit, logits[-1]


inputs = dict(np.load(sys.argv[1]))
threshold = float(${threshold === null ? 'sys.argv[2]' : 'sys.argv[2] if len(sys.argv) > 2 else about["leaving"]["threshold"]'})
for sample in range(len(next(iter(inputs.values())))):
    exit, outputs = run({name: array[sample : sample + 1] for name, array in inputs.items()}, threshold)
    print(sample, exit, *outputs)
`
