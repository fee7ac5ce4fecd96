import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '../core/usage-error.ts'
import { proveOptions, type TypedProveOptions } from './option-parsing.ts'
import type { Output } from './output.ts'
import { type Commands, runProgram } from './program.ts'

function called() {
  const calls: unknown[][] = []
  const note =
    (name: string) =>
    async (...args: unknown[]) => {
      calls.push([name, ...args])
      return 2
    }
  const commands = {
    prove: note('prove'),
    doctor: note('doctor'),
    report: note('report'),
    compare: note('compare'),
    attest: note('attest'),
    verify: note('verify'),
    logs: note('logs'),
    topology: note('topology'),
    twins: note('twins'),
  } as Commands
  const said: string[] = []
  const output: Output = {
    result: (text) => said.push(text),
    aside: () => {},
    live: false,
    columns: 80,
    style: (_, text) => text,
  }
  return { calls, said, run: (...argv: string[]) => runProgram(argv, commands, '1.2.3', output) }
}

async function refusal(...argv: string[]): Promise<UsageError> {
  const { run, calls } = called()
  const error = await run(...argv).then(
    () => assert.fail('no error'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof UsageError)
  assert.equal(error.exitCode, 64)
  assert.deepEqual(calls, [])
  return error
}

describe('the command line', () => {
  it('compares two runs, and does not render one, where report is told --diff', async () => {
    const { run, calls } = called()
    await run('report', '--diff', 'earlier', 'later', '--json')
    await run('report', '--diff', 'earlier')
    assert.deepEqual(calls, [
      ['compare', ['earlier', 'later'], { json: true }],
      ['compare', ['earlier', 'latest'], {}],
    ])
  })

  it('asks attest for a key', async () => {
    assert.match((await refusal('attest')).detail.what, /--key/)
  })

  it('hands a selection and typed options to prove, and gives back its exit code', async () => {
    const { run, calls } = called()
    assert.equal(await run('prove', 'P1', '@P2', '--repeat', '3', '--jobs', '1', '--json', '--disarm'), 2)
    const [[name, selection, options] = []] = calls
    assert.equal(name, 'prove')
    assert.deepEqual(selection, ['P1', '@P2'])
    assert.deepEqual(options, {
      stack: 'auto',
      profile: 'quick',
      repeat: 3,
      jobs: 1,
      json: true,
      antiPatterns: 'report',
      waivers: 'show',
      disarm: true,
    })
  })

  it('takes a list of faults to disarm', async () => {
    const { run, calls } = called()
    await run('prove', '--disarm', 'mark-gate', 'kill-relay', '--seed', 'abc')
    assert.partialDeepStrictEqual(calls[0]?.[2], { disarm: ['mark-gate', 'kill-relay'] })
  })

  it('hands the words of logs on as they are: a run, a name, or one of both', async () => {
    const { run, calls } = called()
    await run('logs', 'kafka', '--tail', '5')
    await run('logs')
    assert.deepEqual(calls, [
      ['logs', ['kafka', undefined], { tail: 5 }],
      ['logs', ['latest', undefined], {}],
    ])
  })

  it('names an unknown command and the closest one', async () => {
    const error = await refusal('prov')
    assert.match(error.detail.what, /unknown command 'prov'/)
    assert.match(error.detail.hint ?? '', /did you mean prove\?/)
  })

  it('names an unknown option and the closest one', async () => {
    const error = await refusal('prove', '--sed', '1')
    assert.match(error.detail.what, /unknown option '--sed'/)
    assert.match(error.detail.hint ?? '', /did you mean --seed\?/)
  })

  it('says what a number must be, and what a choice can be', async () => {
    assert.match(
      (await refusal('prove', '--repeat', '0')).detail.what,
      /'0' is invalid\. A whole number, 1 or more/,
    )
    assert.match((await refusal('prove', '--events', '1e3')).detail.what, /'1e3' is invalid/)
    assert.match((await refusal('prove', '--profile', 'fast')).detail.what, /quick, full/)
  })

  it('prints help with examples and exit codes, and the version', async () => {
    const { run, said } = called()
    assert.equal(await run('prove', '--help'), 0)
    assert.match(said.join('\n'), /Examples:[\s\S]*Exit codes:/)
    assert.equal(await run('--version'), 0)
    assert.equal(said.at(-1), '1.2.3')
  })

  it('shows the help and counts as a usage error when nothing was asked', async () => {
    assert.equal(await called().run(), 64)
  })
})

describe('the options of prove', () => {
  const typed: TypedProveOptions = {
    stack: 'processes',
    repeat: 1,
    profile: 'quick',
    antiPatterns: 'report',
    waivers: 'show',
  }
  const here = { cwd: '/nowhere', commandLine: ['prove'] }

  it('fill in defaults', () => {
    const options = proveOptions([], typed, here)
    assert.equal(options.out, '/nowhere/.eventproof/runs')
    assert.equal(options.config, undefined)
    assert.deepEqual(options.disarm, [])
  })

  it('disarm everything where no fault is named', () => {
    assert.deepEqual(proveOptions([], { ...typed, disarm: true }, here).disarm, ['all'])
  })

  it('refuse a config file that does not exist, and a twin of a config', () => {
    assert.throws(() => proveOptions([], { ...typed, config: 'mine.ts' }, here), /config file does not exist/)
    assert.throws(() => proveOptions([], { ...typed, config: 'a', twin: 'b' }, here), /exclude each other/)
  })
})
