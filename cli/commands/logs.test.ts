import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { UsageError } from '../../core/usage-error.ts'
import type { Output } from '../output.ts'
import { logsCommand, type TypedLogsOptions } from './logs.ts'

describe('eventproof logs', () => {
  let cwd = ''
  let runs = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-logs-'))
    runs = join(cwd, '.eventproof', 'runs')
    await run('ended', 1000, { 'kafka.log': 'old\n' })
    await writeFile(join(runs, 'ended', 'run.json'), '{}')
    // No run.json yet: it is under way.
    await run('under-way', 2000, {
      'kafka.log': 'one\ntwo\nthree\n',
      'order-consumer-1.consumer.0.log': 'first pod\n',
      'order-consumer-2.consumer.0.log': 'second pod\n',
      'kafka-connect.log': '',
    })
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  async function run(id: string, at: number, logs: Readonly<Record<string, string>>): Promise<void> {
    await mkdir(join(runs, id, 'logs'), { recursive: true })
    for (const [name, text] of Object.entries(logs)) await writeFile(join(runs, id, 'logs', name), text)
    await writeFile(join(runs, id, 'history.ndjson'), '')
    await utimes(join(runs, id, 'history.ndjson'), at, at)
  }

  async function logs(words: readonly string[], options: TypedLogsOptions = {}) {
    const said: string[] = []
    const aside: string[] = []
    const output: Output = {
      result: (text) => said.push(text),
      aside: (text) => aside.push(text),
      live: false,
      columns: 80,
      style: (_, text) => text,
    }
    const code = await logsCommand(words, options, { runs, cwd, output })
    assert.equal(code, 0)
    return { said: said.join('\n'), aside: aside.join('') }
  }

  async function refusal(...words: string[]): Promise<UsageError['detail']> {
    const error = await logs(words).then(
      () => assert.fail('it was taken'),
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof UsageError)
    return error.detail
  }

  it('lists what has a log in the newest run, also while it is under way', async () => {
    const { said, aside } = await logs([])
    assert.deepEqual(
      said.split('\n').map((line) => line.split(/ {2,}/)[0]),
      ['kafka', 'kafka-connect', 'order-consumer-1.consumer.0', 'order-consumer-2.consumer.0'],
    )
    assert.match(aside, /4 logs in \.eventproof\/runs\/under-way/)
  })

  it('prints one by its name, of the newest run or of the one that is named', async () => {
    assert.equal((await logs(['kafka'])).said, 'one\ntwo\nthree')
    assert.equal((await logs(['latest', 'kafka.log'])).said, 'one\ntwo\nthree')
    assert.equal((await logs(['ended', 'kafka'])).said, 'old')
    assert.equal((await logs([join(runs, 'ended'), 'kafka'])).said, 'old')
    assert.match((await logs(['ended'])).said, /^kafka {2}/)
  })

  it('prints all that begin with a word, and says beside them whose they are', async () => {
    const { said, aside } = await logs(['order-consumer'])
    assert.equal(said, 'first pod\nsecond pod')
    assert.match(aside, /==> order-consumer-1\.consumer\.0\n==> order-consumer-2/)
  })

  it('prints the end alone', async () => {
    assert.equal((await logs(['kafka'], { tail: 2 })).said, 'two\nthree')
    assert.equal((await logs(['kafka-connect'], { tail: 2 })).said, '')
  })

  it('gives names, paths and sizes as JSON', async () => {
    const { said } = await logs(['kafka'], { json: true })
    const path = join(runs, 'under-way', 'logs', 'kafka.log')
    assert.deepEqual(JSON.parse(said), {
      type: 'logs',
      directory: join(runs, 'under-way'),
      logs: [{ name: 'kafka', path, bytes: 14 }],
    })
  })

  it('names what there is where a name or a run is not known', async () => {
    const { what, where, hint } = await refusal('kafak')
    assert.match(what, /kafka, kafka-connect, order-consumer-1/)
    assert.equal(where, '.eventproof/runs/under-way')
    assert.equal(hint, 'did you mean kafka?')
    assert.match((await refusal('endet', 'kafka')).hint ?? '', /did you mean ended\?/)
  })

  it('says so where there is no run at all, or nothing was started', async () => {
    await run('empty', 3000, {})
    assert.match((await logs([])).aside, /no logs: nothing was started/)
    assert.match((await refusal('kafka')).what, /nothing was started/)
    await rm(runs, { recursive: true })
    assert.match((await refusal()).what, /no run directory/)
  })
})
