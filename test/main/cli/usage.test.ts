import { describe, expect, it } from 'vitest'
import { ExitlabError, errorCodes } from '../../../src/shared/basics/error.ts'
import { report } from '../../../src/main/cli/errors.ts'
import { exitCodeOf, exitCodes } from '../../../src/shared/basics/exit-codes.ts'
import { exitlab, fakeClient } from './support.ts'

const commands = [
  'serve',
  'run',
  'plan',
  'list',
  'show',
  'compare',
  'analyse',
  'export',
  'pause',
  'resume',
  'stop',
  'retry',
  'delete',
  'restore',
  'purge',
  'disk',
  'doctor',
  'bench',
  'quickstart',
  'setup',
  'new',
  'network',
  'regimes',
  'search',
  'more-seeds',
  'status',
  'best',
  'report',
  'paper',
  'latency',
  'import',
  'export-backbone',
  'depot',
  'train-phase',
  'settings',
]

describe('the command line', () => {
  it('lists every command in its help', async () => {
    const { exitCode, stdout } = await exitlab(['--help'])
    expect(exitCode).toBe(0)
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
  })

  it.each(commands)('gives examples in the help of %s', async (name) => {
    const { exitCode, stdout } = await exitlab(['help', name])
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`Usage: exitlab ${name}`)
    expect(stdout).toMatch(new RegExp(`Examples:\n  exitlab ${name}`))
    expect(await exitlab([name, '--help'])).toEqual({ exitCode, stdout, stderr: '' })
  })

  it('prints its version', async () => {
    expect(await exitlab(['--version'])).toEqual({ exitCode: 0, stdout: '9.9.9\n', stderr: '' })
  })

  it.each([
    [['lits'], "unknown command 'lits'", 'Did you mean list?'],
    [['help', 'lits'], "unknown command 'lits'", 'Did you mean list?'],
    [['help', 'analyse', 'shw'], "unknown command 'shw'", 'Did you mean show?'],
    [['show', ''], 'an argument is empty', ''],
    [['pause', 'a', ''], 'an argument is empty', ''],
    [['export', 'a', ''], 'an argument is empty', ''],
    [['search', '--stop', ''], "the argument of option '--stop <SEARCH>' is empty", ''],
    [['list', '--workspace='], "the argument of option '--workspace <DIR>' is empty", ''],
    [['--workspace', '', 'list'], "the argument of option '--workspace <DIR>' is empty", ''],
    [['import', 'list', '--workspace', ''], "the argument of option '--workspace <DIR>' is empty", ''],
    [['search', '--hours', '3'], "option '--hours <N>' is for a search: name its experiment file", ''],
    [['search', '--save', 'best.yaml'], "option '--save <FILE>' is for a search: name its experiment file", ''],
    [['search', 'sweep.yaml', '--stop', 'toy'], "option '--stop <SEARCH>' takes the search, not a file", ''],
    [['compare', '--each-seed'], "option '--each-seed' is for '--figure <FILE>'", ''],
    [['compare', '--figure-width', '3in'], "option '--figure-width <WIDTH>' is for '--figure <FILE>'", ''],
    [['compare', '--no-legend'], "option '--no-legend' is for '--figure <FILE>'", ''],
    [['compare', '--figure', 'f.svg', '--font-size', '9'], "option '--font-size <POINTS>' is for '--figure-width <WIDTH>'", ''], // prettier-ignore
    [['compare', '--output', 'a.csv', '--output', 'b.csv'], "option '--output <FILE>' was given twice, a.csv and b.csv: give it once", ''], // prettier-ignore
    [['compare', '--table', 'exits', '--table', 'curve'], "option '--table <NAME>' was given twice, exits and curve: give it once\n", ''], // prettier-ignore
    [['report', 'a', 'b', '--readings', 'curve', '--readings', 'best'], "option '--readings <LIST>' was given twice", ''], // prettier-ignore
    [['list', '--jsn'], "unknown option '--jsn'", 'Did you mean --json?'],
    [['run'], "missing required argument 'FILES'", ''],
    [['export', 'abc'], "missing required argument 'DIR'", ''],
    [['show', 'a', 'b'], 'too many arguments', ''],
    [['run', 'x.yaml', '--parallel', '0'], "'--parallel <N>' argument '0' is invalid", 'above 0'],
    [['run', 'x.yaml', '--parallel', 'two'], "'--parallel <N>' argument 'two' is invalid", 'above 0'],
    [['compare', '--protocol', 'test'], "'--protocol <NAME>' argument 'test' is invalid", 'validation, paper'],
    [['compare', '--format', 'xml'], "argument 'xml' is invalid", 'text, csv, csv-wide, latex, json'],
    [['compare', '--table', 'mine'], "argument 'mine' is invalid", 'Methods of your own: --extension FILE.'],
    [['compare', '--rule', 'mine'], "argument 'mine' is invalid", 'Methods of your own: --extension FILE.'],
    [['compare', '--budgets', '25,x'], "argument '25,x' is invalid", 'Expected percentages above 0, such as'],
    [['compare', '--budgets', '0'], "argument '0' is invalid", 'Expected percentages above 0, such as'],
    [['compare', '--figure', 'curve.gif'], "argument 'curve.gif' is invalid", 'ends in .svg'],
    [['compare', '--figure-width', '8'], "argument '8' is invalid", 'such as 3.25in'],
    [['compare', '--figure-width', '9m'], "argument '9m' is invalid", 'icml-column'],
    [['compare', '--font-size', '2'], "argument '2' is invalid", 'between 4 and 24'],
    [['list', '--workspace'], "'--workspace <DIR>' argument missing", ''],
  ])('answers %j with 2 and says why', async (args, reason, help) => {
    const { exitCode, stdout, stderr } = await exitlab(args)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^exitlab: /)
    expect(stderr).toContain(reason)
    expect(stderr).toContain(help)
  })

  it('shows its help on stderr and answers 2 where no command is given', async () => {
    const { exitCode, stdout, stderr } = await exitlab([])
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain('Usage: exitlab')
  })
})

describe('an error', () => {
  const failing = (error: unknown) =>
    fakeClient({
      'runs.list': () => {
        throw error
      },
    })

  it('is one line on stderr, with the exit code of its kind', async () => {
    const client = failing(new ExitlabError('not-found', 'no run 3f'))
    expect(await exitlab(['list', '3f'], { client })).toEqual({
      exitCode: 4,
      stdout: '',
      stderr: 'exitlab: no run 3f\n',
    })
  })

  it.each([
    ['a refusal', new ExitlabError('not-found', 'no run “a\u001b[2J\u202eb\u0007”;\n  did you mean:\tc?\r')],
    ['a fault', new TypeError('no run “a\u001b[2J\u202eb\u0007”;\n  did you mean:\tc?\r')],
  ])('shows control characters of names instead of obeying them: %s', async (_, error) => {
    const { stderr } = await exitlab(['list', 'x'], { client: failing(error) })
    expect(stderr).toContain('no run “a\\u001b[2J\\u202eb\\u0007”;\n    did you mean:\tc?\\r\n')
  })

  it('keeps its code across RPC', async () => {
    const client = failing(Object.assign(new Error('in use'), { code: 'EXITLAB', data: { code: 'workspace-in-use' } }))
    expect(await exitlab(['list'], { client })).toEqual({ exitCode: 6, stdout: '', stderr: 'exitlab: in use\n' })
  })

  it('ends with the command that it advises, as it can be typed here', async () => {
    const error = new ExitlabError('conflict', 'It is paused. Resume it.', { command: ['resume', 'my run'] })
    const { stderr } = await exitlab(['list'], {
      client: failing(error),
      environment: { EXITLAB_COMMAND: './exitlab' },
    })
    expect(stderr).toBe("exitlab: It is paused. Resume it.\n→ ./exitlab resume 'my run'\n")
  })

  it('is reported as unexpected where it is no ExitlabError, without a stack', async () => {
    const { exitCode, stderr } = await exitlab(['list'], { client: failing(new TypeError('x is not a function')) })
    expect(exitCode).toBe(1)
    expect(stderr).toContain('exitlab: unexpected error: x is not a function\n')
    expect(stderr).toContain('EXITLAB_DEBUG=1')
    expect(stderr).not.toContain('    at ')
  })

  it('shows its stack, causes included, with EXITLAB_DEBUG=1', async () => {
    const error = new ExitlabError('disk', 'full', { cause: new Error('ENOSPC') })
    const { stderr } = await exitlab(['list'], { client: failing(error), environment: { EXITLAB_DEBUG: '1' } })
    expect(stderr).toMatch(/^exitlab: full\n.*full\n {4}at /)
    expect(stderr).toContain('caused by: Error: ENOSPC')
  })
})

describe('exit codes', () => {
  it('exist for every kind of error, and none of them says success', () => {
    for (const code of errorCodes) expect(exitCodeOf(code)).toBeGreaterThan(0)
    expect(report(new ExitlabError('usage', 'x'), { environment: {} }).exitCode).toBe(2)
  })

  it('differ from each other', () => {
    const all = Object.values(exitCodes).map(({ code }) => code)
    expect(new Set(all).size).toBe(all.length)
  })
})
