import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ROOT } from './config-types.ts'
import { writeTypes } from './published-types.ts'

const CONFIG = `
import { type ConfigSection, type ConsumerConfig, defineConfig, type InConfig } from 'eventproof'

const payment: ConsumerConfig = {
  service: 'payment',
  topic: 'payment-events',
  group: 'payment-group',
  eventId: { header: 'eventId' },
  event: { json: { amount: '{amount}' } },
  effects: { table: 'payments', eventId: 'event_id' },
  retry: { attempts: 3, delays: ['1s', '2s'] as const, topics: [], deadLetter: 'payment-events-dlt' },
}
const services = { payment: { command: ['java', '-jar', 'payment.jar'], ready: { log: /Started/ } } }
export default defineConfig({ services, consumers: { payment } })

declare const brokers: ConfigSection<'brokers', { readonly url: string }>
export const further = defineConfig<InConfig<typeof brokers>>({ services, brokers: { one: { url: 'kafka:9092' } } })
`
const WRONG = `
import { defineConfig } from 'eventproof'
export const section = defineConfig({ services: {}, consumer: {} })
export const field = defineConfig({ services: {}, scaling: { one: { manifests: [], consumer: '', wakeAt: 1 } } })
`

/** What a stack runs is told in Node's types: a kind of one's own needs them, a config does not. */
const KIND = `
/// <reference types="node" />
import { factsOf, type HistoryEvent, type ScenarioHistory } from 'eventproof/kind'

declare module 'eventproof/kind' {
  interface Facts {
    'counter.total': number
  }
}

export function total(events: readonly HistoryEvent[], history: ScenarioHistory): number {
  history.record({ kind: 'fact', name: 'counter.total', subject: 'one', value: 1 })
  return factsOf(events, 'counter.total')[0]?.value ?? 0
}
`
const WRONG_FACT = `
import type { ScenarioHistory } from 'eventproof/kind'

export function wrong(history: ScenarioHistory): void {
  history.record({ kind: 'fact', name: 'counter.total', subject: 'one', value: 'one' })
  history.record({ kind: 'fact', name: 'counter.count', subject: 'one', value: 1 })
}
`

/** A project of somebody else, with us among its packages and nothing else of ours than what is published. */
describe('the published types', () => {
  let project = ''
  const compile = () =>
    new Promise<string>((done) => {
      execFile(join(ROOT, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: project }, (_, said) => done(said))
    })

  before(async () => {
    project = await mkdtemp(join(tmpdir(), 'eventproof-types-'))
    const own = join(project, 'node_modules/eventproof')
    await mkdir(own, { recursive: true })
    await cp(join(ROOT, 'package.json'), join(own, 'package.json'))
    await writeTypes(join(own, 'types'))
    await symlink(join(ROOT, 'node_modules/zod'), join(project, 'node_modules/zod'))
    await mkdir(join(project, 'node_modules/@types'))
    await symlink(join(ROOT, 'node_modules/@types/node'), join(project, 'node_modules/@types/node'))
    const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: [] }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
    await writeFile(join(project, 'package.json'), '{ "type": "module" }')
  })

  after(() => rm(project, { recursive: true, force: true }))

  it('have the comments on the fields of a config', async () => {
    const file = join(project, 'node_modules/eventproof/types/scenarios/publishing/config.d.ts')
    const types = await readFile(file, 'utf8')
    assert.match(types, /\/\*\* The service that takes commands\. \*\/\n {2}readonly service: string;/)
    assert.match(types, /\n {4}readonly published\?: string;/)
  })

  it('let a config be compiled that is right', async () => {
    await writeFile(join(project, 'eventproof.config.ts'), CONFIG)
    assert.equal(await compile(), '')
  })

  it('let a kind of subject add facts of its own, and hold it to them', async () => {
    const [kind, wrong] = [join(project, 'kind.ts'), join(project, 'wrong.ts')]
    await writeFile(kind, KIND)
    assert.equal(await compile(), '')
    await writeFile(wrong, WRONG_FACT)
    const said = await compile()
    await Promise.all([rm(kind), rm(wrong)])
    assert.match(said, /wrong\.ts\(5,.*'string' is not assignable to type 'number'/)
    assert.match(said, /wrong\.ts\(6,.*'"counter\.count"' is not assignable/)
  })

  it('name what is wrong in one that is not, and what is meant', async () => {
    await writeFile(join(project, 'eventproof.config.ts'), WRONG)
    const said = await compile()
    assert.match(
      said,
      /'consumer' does not exist in type 'SubjectConfig'. Did you mean to write 'consumers'\?/,
    )
    assert.match(said, /'wakeAt' does not exist in type 'ScalingConfig'. Did you mean to write 'wakesAt'\?/)
  })
})
