import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { UsageError } from '../../core/usage-error.ts'
import type { Output } from '../output.ts'
import { lintCommand, type TypedLintOptions } from './lint.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../lint/fixture/${name}.yaml`, import.meta.url), 'utf8')
const cwd = mkdtempSync(join(tmpdir(), 'eventproof-lint-'))
after(() => rmSync(cwd, { recursive: true, force: true }))
mkdirSync(join(cwd, 'k8s', 'live'), { recursive: true })
writeFileSync(join(cwd, 'k8s', 'clean.yaml'), fixture('clean'))
writeFileSync(join(cwd, 'k8s', 'live', 'bad.yml'), fixture('never-woken').replace('-scaler', '-other'))
writeFileSync(join(cwd, 'k8s', 'values.yaml'), 'replicas: 1\n')
writeFileSync(join(cwd, 'k8s', 'README.md'), '# {{ kind: }}\n')

async function lint(paths: readonly string[], options: TypedLintOptions = {}, stdin = '') {
  const said: string[] = []
  const output: Output = {
    result: (text) => said.push(text),
    aside: () => {},
    live: false,
    columns: 80,
    style: (_, text) => text,
  }
  const bytes = (async function* () {
    yield Buffer.from(stdin)
  })()
  const code = await lintCommand(paths, options, { cwd, output, stdin: bytes, version: '1.2.3' })
  return { code, said: said.join('\n') }
}

function fixtureObject() {
  const metadata = {
    bootstrapServers: 'kafka.shop.svc:9092',
    consumerGroup: 'g',
    topic: 't',
    offsetResetPolicy: 'earliest',
  }
  return (name: string) => ({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name, namespace: 'shop' },
    spec: { scaleTargetRef: { name }, triggers: [{ type: 'kafka', metadata }] },
  })
}

describe('eventproof lint', () => {
  it('ends with 0 where nothing is wrong', async () => {
    const { code, said } = await lint(['k8s/clean.yaml'])
    assert.equal(code, 0)
    assert.equal(said, '✓ 0 errors, 0 warnings in 1 ScaledObject')
  })

  it('reads folders to the bottom and ends with 1 at an error, with file, line, why and fix', async () => {
    const { code, said } = await lint(['k8s'])
    assert.equal(code, 1)
    assert.match(
      said,
      /^k8s\/live\/bad\.yml:23:9 {2}error {2}zero-on-invalid-offset {2}order-service\/order/m,
    )
    assert.match(said, /^ {2}why .+\n {2}fix remove it/m)
    assert.doesNotMatch(said, /values|README/)
  })

  it('reads standard input, and files once', async () => {
    const { said } = await lint(['-', 'k8s/clean.yaml', './k8s/clean.yaml'], {}, 'kind: "X')
    assert.match(said, /^-:1:\d+ {2}error {2}yaml/)
    assert.match(said, /1 error, 0 warnings in 1 ScaledObject$/)
  })

  it('prints a finding a line as JSON, and last the result', async () => {
    const { code, said } = await lint(['k8s'], { json: true })
    const lines = said.split('\n').map((line) => JSON.parse(line))
    assert.equal(code, 1)
    assert.ok(lines.slice(0, -1).every(({ type, fix }) => type === 'finding' && fix !== ''))
    assert.partialDeepStrictEqual(lines.at(-1), {
      type: 'result',
      clean: false,
      errors: lines.filter(({ severity }) => severity === 'error').length,
      config: null,
    })
  })

  it('writes SARIF, and nothing else on stdout', async () => {
    const { code, said } = await lint(['k8s'], { format: 'sarif' })
    assert.equal(code, 1)
    assert.partialDeepStrictEqual(JSON.parse(said), {
      version: '2.1.0',
      runs: [{ results: [{ level: 'error' }] }],
    })
  })

  it('passes over what describes a chart, and says once that its templates are skipped', async () => {
    const chart = join(cwd, 'repository', 'chart')
    mkdirSync(join(chart, 'templates'), { recursive: true })
    writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: x\n')
    writeFileSync(join(chart, 'values.yaml'), 'kind: Deployment\n')
    for (const name of ['a', 'b'])
      writeFileSync(
        join(chart, 'templates', `${name}.yaml`),
        'kind: ScaledObject\nmetadata: { name: {{ .Values.x }} }\n',
      )
    await assert.rejects(lint(['repository']), /nothing to lint/)
    writeFileSync(join(cwd, 'repository', 'so.json'), JSON.stringify(fixtureObject()('a')))
    const { code, said } = await lint(['repository'])
    assert.equal(code, 0)
    assert.match(said, /a chart: 2 of its templates skipped \(repository\/chart\/templates\/\)/)
    assert.match(said, /0 errors, 1 warning in 1 ScaledObject$/)
  })

  it('reads JSON in a folder, and passes over what is no object', async () => {
    const folder = join(cwd, 'json')
    mkdirSync(folder)
    const object = fixtureObject()
    writeFileSync(
      join(folder, 'two.json'),
      `${JSON.stringify(object('a'))}\n${JSON.stringify(object('b'), undefined, '\t')}\n`,
    )
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ kind: 'esm', version: '1' }))
    writeFileSync(join(folder, 'data.json'), '[1, 2]')
    const { code, said } = await lint(['json'], { json: true })
    assert.equal(code, 0, said)
    assert.deepEqual(JSON.parse(said.split('\n').at(-1) ?? '').objects, ['shop/a', 'shop/b'])
  })

  it('compares with the consumers of a config, and lints the manifests that it names', async () => {
    const config = join(cwd, 'eventproof.config.mjs')
    const consumer = {
      service: 'fulfillment',
      topic: 'order-events',
      group: 'order-fulfillment-group',
      partitions: 4,
      eventId: { header: 'eventId' },
      event: { headers: { eventId: '{eventId}' }, json: {} },
      effects: { table: 'shipments', eventId: 'event_id' },
    }
    writeFileSync(
      config,
      `export default ${JSON.stringify({
        services: { fulfillment: { command: ['true'], ready: { tcp: true } } },
        consumers: { fulfillment: consumer },
        scaling: { 'order-consumer': { manifests: ['k8s/cl*.yaml'], consumer: 'fulfillment' } },
      })}`,
    )
    const { code, said } = await lint([])
    rmSync(config)
    assert.equal(code, 0)
    assert.match(said, /^k8s\/clean\.yaml:13:3 {2}warning {2}cap-above-partitions/m)
    assert.match(said, /compared with eventproof\.config\.mjs$/)
  })

  it('refuses to say anything where there is nothing to lint', async () => {
    await assert.rejects(lint([]), UsageError)
    await assert.rejects(lint(['nowhere']), /no such file/)
    await assert.rejects(lint(['k8s/values.yaml']), /nothing to lint/)
    await assert.rejects(lint(['-'], {}, ''), /nothing to lint/)
    await assert.rejects(lint(['k8s'], { config: 'nowhere.ts' }), /config file does not exist/)
  })
})
