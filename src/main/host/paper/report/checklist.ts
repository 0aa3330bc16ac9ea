import type { PaperReport } from '../../../../shared/paper-report.ts'

type Item = PaperReport['checklist'][number]
type About = Pick<PaperReport, 'scale' | 'status' | 'settings'>

/** The machine-learning reproducibility checklist (Pineau et al. 2021), answered for this report. */
export function checklistOf(about: About): Item[] {
  return [...models(about), ...data(about), ...code, ...results(about), ...deviations(about)]
}

const models = ({ scale }: About): Item[] => [
  {
    question: 'A description of the mathematical setting, algorithm and model',
    answer: 'yes',
    where: 'Manual, “The method” (docs/method.md), sections 1 to 4: networks, exits, regimes, optimisation.',
  },
  {
    question: 'An analysis of the complexity of models: time, space, sample size',
    answer: 'yes',
    where:
      'Multiply-adds of each exit are counted (docs/method.md, section 6), and budgets are fractions of them. Phases, disk and measured hours are in “Settings”.',
  },
  {
    question: 'A statement of assumptions where the paper leaves something open',
    answer: 'yes',
    where: `Notes below tables and figures, comments in the experiment files (examples/paper/${scale === 'desk' ? 'desk/' : ''}), and docs/method.md, section 8.`,
  },
]

const data = ({ scale }: About): Item[] => [
  {
    question: 'Statistics of the data sets: number of samples',
    answer: 'yes',
    where: '“Settings”: source and limits of each data set; docs/data-sets.md has their sizes.',
  },
  {
    question: 'Details of the splits into training, validation and test samples',
    answer: 'yes',
    where:
      'Validation fraction and its seed are in “Settings”; docs/method.md, section 5.1, says how samples are drawn.',
  },
  {
    question: 'Excluded data and all pre-processing steps',
    answer: 'yes',
    where: 'Limits and augmentation in “Settings”; docs/method.md, sections 5.2 to 5.5.',
  },
  {
    question: 'A link to a downloadable version of the data set',
    answer: scale === 'desk' ? 'yes' : 'in part',
    where:
      scale === 'desk'
        ? 'Fashion-MNIST and fortunes are installed by set-up; docs/data-sets.md names their sources.'
        : 'docs/data-sets.md names the sources. ImageNet-1k has to be requested from its owners.',
  },
  {
    question: 'For new data: a description of how it was collected',
    answer: 'yes',
    where: 'No data was collected.',
  },
]

const code: Item[] = [
  {
    question: 'Code for training, evaluation and analyses, with its dependencies',
    answer: 'yes',
    where: 'Exitlab, its lockfile and the versions in “Environment”.',
  },
  {
    question: 'The trained models',
    answer: 'in part',
    where: 'They are in the workspace; “exitlab export” writes each with its README. They are not part of this report.',
  },
  {
    question: 'Commands that reproduce the results',
    answer: 'yes',
    where: '“exitlab paper run”, then “exitlab paper report” (docs/paper.md).',
  },
]

const results = ({ scale, settings, status }: About): Item[] => [
  {
    question: 'The range of hyper-parameters considered, how the best were selected, and all values used',
    answer: scale === 'paper' ? 'yes' : 'in part',
    where:
      scale === 'paper'
        ? 'Those of the paper’s appendix E; nothing was searched. All values are in “Settings”.'
        : 'All values are in “Settings”. Batch sizes, learning rates and epochs were chosen so that networks train within hours on two cores; there was no systematic search.',
  },
  { question: 'The exact number of training and evaluation runs', answer: 'yes', where: runsOf(status) },
  { question: 'Random seeds', answer: 'yes', where: seedsOf(settings) },
  {
    question: 'A definition of the measure or statistic that is reported',
    answer: 'yes',
    where: 'Captions of the tables; docs/method.md, section 7.',
  },
  {
    question: 'Results with central tendency and error bars, and what these are',
    answer: 'yes',
    where:
      'Mean ± unbiased standard deviation over seeds; differences in “Claims” with two-sided 95 % t intervals, paired by seed.',
  },
  {
    question: 'How thresholds were chosen, and whether the test set was involved',
    answer: 'yes',
    where:
      'On the test set, as in the paper, so that values are comparable and as optimistic; “exitlab compare --table optimism” measures by how much.',
  },
  {
    question: 'The average runtime for each result, or the estimated cost',
    answer: 'yes',
    where: '“Settings” has the measured hours of each experiment, “Environment” their sum.',
  },
  {
    question: 'A description of the computing infrastructure',
    answer: 'yes',
    where: '“Environment”, as recorded beside the weights of each phase.',
  },
]

function runsOf({ total: { runs, phases } }: About['status']): string {
  return `${runs.done} of ${runs.all} runs, of ${phases.done} of ${phases.all} distinct phases, each trained once; “What is done” has them by table and figure.`
}

function seedsOf(settings: About['settings']): string {
  const lists = Map.groupBy(settings, ({ seeds }) => seeds.join(', '))
  const words = [...lists].map(([seeds, { length }]) => `${seeds} (${length} of ${settings.length} experiments)`)
  return `Seeds ${words.join('; ')}. With equal versions and threads a run is bit-identical.`
}

const deviations = ({ scale, status }: About): Item[] => [
  {
    question: 'All tables and figures of the paper are reproduced',
    answer: status.items.every(({ state }) => state === 'done') ? 'yes' : 'in part',
    where: `${status.items.filter(({ state }) => state === 'done').length} of ${status.items.length}; “What is done” has each.`,
  },
  {
    question: 'The settings are those of the paper',
    answer: scale === 'paper' ? 'in part' : 'no',
    where:
      scale === 'paper'
        ? 'Where the paper gives them; the choices elsewhere are in the notes and in docs/method.md, section 8.'
        : 'The structure is (tables, regimes, heads, exit rules, analyses); networks, data sets, seeds and epochs are smaller. Every own value is marked.',
  },
]
