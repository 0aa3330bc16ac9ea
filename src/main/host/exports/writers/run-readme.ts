import { heads } from '../../../../engine/heads/index.ts'
import { familyOf, imagePreparationOf, sampleKindOf } from '../../../../engine/networks/families.ts'
import { emptyClassesSentences } from '../../../../shared/evaluation/empty-classes.ts'
import type { LeftOutImages } from '../../../../shared/data/data.ts'
import { count } from '../../../../shared/format/numbers.ts'
import { plainText } from '../../../../shared/text/plain-text.ts'
import { precisionWords } from '../../../../shared/experiment/precision.ts'
import type { RunDetail } from '../../../../contract/run-detail.ts'
import type { ExportedRun } from './exported-run.ts'

/** The README of an exported run: content of the files, and loading them in PyTorch. */
export function runReadme({ run, samples, hasSegments }: ExportedRun): string {
  const { network, costs, experiment, series, seed } = run
  const exits = network.exits.length + 1
  const isText = sampleKindOf(network) === 'text'
  const [one, many] = isText ? ['text', 'texts'] : ['image', 'images']
  return `# ${markdown(experiment)}: ${markdown(series)}, seed ${seed}

A multi-exit network trained and evaluated with Exitlab: ${exits} exits, the final classifier included. Precision: ${precisionWords(run.file.training)}.

| file | content |
|---|---|
| \`model.safetensors\` | weights and batch-norm statistics, float32, with PyTorch's names and layouts |
| \`network.json\` | the network of these weights |${network.family === 'onnx' ? originalRows : ''}${isText ? '' : preparationRow}
| \`costs.json\` | multiply-adds of one ${one}${isText ? ' of the maximum length' : ''}: the bare backbone, and up to each exit, including earlier heads |
| \`evaluation.safetensors\` | ${network.task ? 'predictions (logits)' : 'logits'} [${exits}, samples, ${network.classes}], ${network.task ? 'targets' : 'labels'} and indices of ${samples.validation.count} validation${samples.calibration ? `, ${samples.calibration.count} calibration` : ''} and ${samples.test.count} test ${many} |
| \`predictions.csv\` | the same as predictions: one line ${isText ? 'a' : 'an'} ${one} and exit, with index${network.task ? ' and value' : ', confidence and entropy (nats)'} |${isText ? inputsRow : ''}${hasSegments ? segmentRows : ''}
| \`run.json\` | data, settings, seeds, phases and versions |

## The weights in PyTorch

Requires \`pip install torch safetensors\`.

\`\`\`python
import json
import torch
from safetensors.torch import load_file

weights = load_file("model.safetensors")
network = json.load(open("network.json"))
for name, values in weights.items():
    print(name, tuple(values.shape))
# With modules of the same names: model.load_state_dict(weights, strict=False)
# (num_batches_tracked is not in the file; it is not used)
\`\`\`

${familyOf(network).notes(network)}
The heads are \`${network.head}\`: ${heads.get(network.head).notes}

${inputNote(network)}

Exit \`k\` follows block \`exits[k]\`; its head is \`heads.k\`. The last exit is ${network.family === 'onnx' ? "the network's own output" : '`classifier`'}.

${network.task ? valueCode : classCode(costs.backboneMacs, many)}
${hasSegments ? segmentsNote(isText) : ''}
## Which ${many} these are

${[indicesNote(samples, many), ...emptyClassesSentences(run.emptyClasses).map(markdown)].join('\n\n')}
`
}

/** How the logits are read, with an exit rule on them. */
const classCode = (backboneMacs: number, many: string) => `## Logits and exit rule

\`\`\`python
evaluation = load_file("evaluation.safetensors")
costs = torch.tensor(json.load(open("costs.json"))["exits"], dtype=torch.float64)
logits, labels = evaluation["test.logits"], evaluation["test.labels"]
confidence, prediction = logits.softmax(-1).max(-1)
threshold = 0.9
leaves = confidence > threshold
leaves[-1] = True                       # remaining samples leave at the final exit
exit = leaves.int().argmax(0)           # first exit above the threshold
right = prediction.gather(0, exit[None])[0] == labels
print(f"accuracy {right.double().mean():.4f}, {costs[exit].mean() / ${backboneMacs}:.1%} of the backbone's cost")
\`\`\`

Choose the threshold on \`validation.logits\`, so that the test ${many} have no say in it.`

/** How the predictions of a regression are read. */
const valueCode = `## The predictions

\`\`\`python
evaluation = load_file("evaluation.safetensors")
predictions, targets = evaluation["test.logits"][..., 0], evaluation["test.targets"]
print("MSE of each exit", ((predictions - targets) ** 2).double().mean(1).tolist())
\`\`\``

const textNote = `Texts: \`ids\`, \`mask\` and \`segments\`, [texts, length] each, as in \`inputs.safetensors\`; rows may be padded to any length up to
the maximum, for padding is masked.`

/** Definition of the network's inputs. */
function inputNote(network: RunDetail['network']): string {
  if (sampleKindOf(network) === 'text') return textNote
  const { pad } = imagePreparationOf(network)
  return `\`prepare_images.py\` makes its inputs of images, [images, channels, height, width], as they are in the data set:

\`\`\`python
from prepare_images import prepare

inputs = prepare(pixels)                # pixels: uint8 [images, channels, height, width]
\`\`\`

In this order: images of another size are scaled and cropped as in training, pixels divided by 255${pad > 0 ? `, ${pad} zero pixels added on each side` : ''}, then
\`(x − mean) / std\` of each channel with the \`normalisation\` of \`network.json\`${pad > 0 ? ', the added pixels too' : ''}.`
}

const originalRows = `
| \`model_original.safetensors\` | the weights without the heads, under the names of the network's own PyTorch class |
| \`multi_exit.py\` | a PyTorch class that puts the heads on the original network: logits of all exits |`

const preparationRow = `
| \`prepare_images.py\` | a Python function that makes the inputs of the network of the pixels of images |`

const inputsRow = `
| \`inputs.safetensors\` | the test texts as the network reads them: \`test.ids\`, \`test.mask\`, \`test.segments\` (int32 [texts, length]) and \`test.targets\` |`

const segmentRows = `
| \`segment-0.onnx\`, … | the network as ONNX, in parts from exit to exit |
| \`all-exits.onnx\` | the same as a whole, with the logits of all exits |
| \`segments.json\` | inputs and outputs of these, costs, exit rule and threshold |
| \`early_exit.py\` | a program that leaves at the first exit that is certain enough |`

const segmentsNote = (isText: boolean) => `
## The network in ONNX Runtime

Requires \`pip install numpy onnxruntime\`. \`early_exit.py\` runs the segments one after the other and stops where a sample leaves. A segment
takes the values that earlier ones give under the same names. ${isText ? textPorts : imagePorts} Any number of samples is taken at once.
`

const imagePorts = `\`images\` are uint8 [images, channels, height, width], as they are in
the data set: padding and normalisation are part of the models.`

const textPorts = `\`ids\`, \`mask\` and \`segments\` are int32, padded to the
maximum length.`

function indicesNote({ test: { indices }, calibration, leftOut }: ExportedRun['samples'], many: string): string {
  if (indices === null)
    return 'The version of Exitlab that evaluated this run did not keep which samples of the data set these are.'
  return `\`validation.indices\` and \`test.indices\` (int32, also in \`run.json\` under \`samples\`, and the column \`index\` of
\`predictions.csv\`) are the position of each sample in the data set, counted from 0: of validation ${many} among the training
${many}, of test ${many} among the test ${many}, in the order of the data set's files (CIFAR: batch after batch; folders: class
after class, files sorted by name by code unit).${calibration ? calibrationNote(many) : ''}${leftOut ? leftOutNote(leftOut) : ''}`
}

const calibrationNote = (many: string) => ` \`calibration.indices\` are positions among the training ${many}: they were
held back for thresholds with a guarantee and had no part in training or in the choice of epoch.`

const leftOutNote = ({ train, test }: LeftOutImages) => ` ${count(train.count)} of ${count(train.of)} training and
validation images and ${count(test.count)} of ${count(test.of)} test images could not be decoded and are left out
(\`leftOut\` in \`run.json\`); the positions count them.`

/** A name that someone typed, without meaning to Markdown. */
function markdown(text: string): string {
  return plainText(text).replace(/[\\\`*_{}[\]<>#|!]/g, '\\$&')
}
