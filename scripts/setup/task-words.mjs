/** What each task does and takes. @type {Record<string, import('./task-arguments.mjs').Described>} */
export const taskWords = {
  start: { about: 'Opens the workbench.', takes: 'exitlab' },
  quickstart: { about: 'Trains and compares the three regimes of the quick start.', takes: 'exitlab' },
  exitlab: { about: 'The command line.', takes: 'exitlab' },
  test: {
    about:
      'Runs the tests, or those in files whose paths have one of these parts; --changed those that uncommitted changes concern, --changed=COMMIT all since then.',
    takes: 'vitest',
  },
  'test:kills': {
    about: 'Kills trainers and hosts at random times, and compares what comes of them.',
    takes: 'vitest',
  },
  'test:packages': { about: 'Builds what npm publishes, installs it and uses it.', takes: 'vitest' },
  bench: {
    about: 'Measures the training step of all cases, or of those named.',
    takes: {
      names: 'CASES…',
      options: {
        against: 'text',
        epoch: 'switch',
        dominance: 'switch',
        images: 'switch',
        listing: 'switch',
        files: 'text',
        precision: 'text',
        modes: 'text',
        rounds: 'text',
        threads: 'text',
        python: 'text',
      },
    },
  },
  'bench:analyses': {
    about: 'Times a loss landscape and mode connectivity of ResNet-20.',
    takes: { options: { only: 'text', precision: 'text', points: 'text', batch: 'text', threads: 'text' } },
  },
  'bench:depot': {
    about:
      'Times listing and merging a generated depot, of 100,000 phases below the temporary folder unless these are given.',
    takes: { names: 'PHASES FOLDER' },
  },
  'bench:evaluation': {
    about: 'Evaluates 1,000 classes × 50,000 images × 11 exits, and compares nine of them; needs 25 GB.',
    takes: { options: { folder: 'text', classes: 'text', images: 'text', seeds: 'text' } },
  },
  'bench:ui': {
    about: 'Measures the page in a real browser with 10,000 generated runs.',
    takes: { options: { folder: 'text', rounds: 'text', page: 'text', only: 'text' } },
  },
  'check:gpu': {
    about: 'Compares training on an NVIDIA card with the processor, of two networks or of those named.',
    takes: { names: 'NETWORKS…', options: { device: 'text' } },
  },
  pictures: {
    about: 'Trains small runs and takes the pictures of the documents, all or those named.',
    takes: { names: 'PICTURES…', options: { folder: 'text' } },
  },
  docs: {
    about:
      'Builds the documents as a site, out/docs; dev shows it while they are written, preview shows what was built.',
    takes: {
      choices: ['build', 'dev', 'preview'],
      options: { host: 'switch', port: 'text', base: 'text', outDir: 'text' },
    },
  },
  soak: {
    about: 'Kills trainings at random times for hours, and compares what comes of them.',
    takes: { options: { kills: 'text', folder: 'text', seed: 'text' } },
  },
  mutate: {
    about: 'Changes files of src/ line by line, and lists changes that no test finds.',
    takes: { names: 'PATHS…', options: { sample: 'text', seed: 'text', concurrency: 'text' } },
  },
  check: { about: 'Types, lint, unused exports and format.', takes: {} },
  'check:types': { about: 'Types.', takes: {} },
  build: { about: 'Builds out/, which is published.', takes: {} },
  pack: {
    about: 'Builds the npm package, exitlab-VERSION.tgz.',
    takes: { options: { 'pack-destination': 'text', json: 'switch', 'dry-run': 'switch' } },
  },
  package: {
    about:
      'Builds the desktop application for this platform, into out/packages; with --dir the folder alone. Names are targets of electron-builder.',
    takes: {
      names: 'TARGETS…',
      options: {
        dir: 'switch',
        linux: 'switch',
        mac: 'switch',
        win: 'switch',
        x64: 'switch',
        arm64: 'switch',
        universal: 'switch',
        config: 'text',
      },
    },
  },
  dev: {
    about: 'The workbench behind Vite, which shows changes of the page at once. Options are those of “exitlab serve”.',
    takes: 'exitlab',
  },
  schema: { about: 'Writes JSON schema, key reference and setting paths of experiment files anew.', takes: {} },
  assemble: { about: 'Assembles the kernel that scales images from its text, resample.wat.', takes: {} },
  setup: {
    about:
      'Brings what is missing of TensorFlow and data; --device cuda TensorFlow for NVIDIA cards, --text also a pre-trained model and texts.',
    takes: { options: { device: 'text', text: 'switch' } },
  },
}
