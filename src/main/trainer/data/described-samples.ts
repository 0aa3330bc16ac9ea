import type { DatasetDescription, DescribedSamples } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { OpenedDataset } from '../../../datasets/index.ts'
import type { Selection, SplitValues } from '../../../engine/index.ts'

/** What descriptions of images and of texts have in common. @throws ExitlabError `data` where a value is not a finite number. */
export async function describedSamples(source: OpenedDataset, selection: Selection): Promise<DescribedSamples> {
  const { labels, classNames, testHeldBack, values } = source
  if (values) checkValues(values)
  return {
    ...(values && { task: 'regression' }),
    classes: classNames.length,
    classNames,
    counts: {
      train: selection.train.length,
      validation: selection.validation.length,
      ...(selection.calibration && { calibration: selection.calibration.length }),
      test: selection.test.length,
    },
    classCounts: classCountsOf(source, selection),
    available: { train: labels.train.length, test: labels.test.length },
    testHeldBack,
    fingerprint: await source.fingerprint(selection),
  }
}

function checkValues(values: SplitValues): void {
  for (const split of ['train', 'test'] as const) {
    const wrong = values[split].findIndex((value) => !Number.isFinite(value))
    if (wrong < 0) continue
    throw new ExitlabError(
      'data',
      `data.path: the value of ${split} sample ${wrong} is ${values[split][wrong]}; expected a finite number`,
    )
  }
}

function classCountsOf({ labels, classNames }: OpenedDataset, selection: Selection): DatasetDescription['classCounts'] {
  const countsOf = (split: 'train' | 'test', positions: Int32Array) => {
    const counts = classNames.map(() => 0)
    for (const position of positions) counts[labels[split][position]!]!++
    return counts
  }
  return {
    train: countsOf('train', selection.train),
    validation: countsOf('train', selection.validation),
    ...(selection.calibration && { calibration: countsOf('train', selection.calibration) }),
    test: countsOf('test', selection.test),
  }
}
