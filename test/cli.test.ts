import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runTool } from './tool.ts'

const SCALED_THUMBS = `apiVersion: apps/v1
kind: Deployment
metadata: { name: thumbs }
spec: { template: { spec: { containers: [{ name: thumbs, image: thumbs }] } } }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: thumbs }
spec:
  scaleTargetRef: { name: thumbs }
  triggers: [{ type: kafka, metadata: { topic: images, consumerGroup: thumbs, bootstrapServers: 'kafka:9092' } }]
`

describe('eventproof, started as a user does', () => {
  let cwd = ''
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-cli-'))
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  it('names a wrong option and the closest one on stderr, with exit code 64', async () => {
    const { code, stdout, stderr } = await runTool(['prove', '--sed', '1'], { cwd })
    assert.equal(code, 64)
    assert.equal(stdout, '')
    assert.match(stderr, /EVENTPROOF_USAGE\n {2}unknown option '--sed'\n {2}try +did you mean --seed\?/)
  })

  it('gives the same error as JSON on stdout', async () => {
    const { code, stdout, stderr } = await runTool(['prove', '--repeat', 'x', '--json'], { cwd })
    assert.equal(code, 64)
    assert.equal(stderr, '')
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      type: 'error',
      code: 'EVENTPROOF_USAGE',
      exitCode: 64,
    })
  })

  it('names the wrong field of a config before anything is started', async () => {
    await writeFile(
      join(cwd, 'wrong.config.mjs'),
      'export default { services: { orders: { comand: ["x"], ready: { tcp: true } } }, publishers: {} }',
    )
    const { code, stderr } = await runTool(['prove', '--config', 'wrong.config.mjs'], { cwd })
    assert.equal(code, 64)
    assert.match(stderr, /EVENTPROOF_CONFIG_INVALID/)
    assert.match(stderr, /services\.orders\.com+and/)
  })

  it('names the Deployment that an entry of `scaling` is not called by, before anything is started', async () => {
    await writeFile(join(cwd, 'thumbs.yaml'), SCALED_THUMBS)
    const consumer = {
      service: 'thumbs',
      topic: 'images',
      group: 'thumbs',
      eventId: { header: 'id' },
      event: { headers: { id: '{eventId}' }, json: {} },
      effects: { table: 'thumbs', eventId: 'id' },
    }
    await writeFile(
      join(cwd, 'scaled.config.mjs'),
      `export default ${JSON.stringify({
        services: { thumbs: { command: ['true'], ready: { tcp: true } } },
        consumers: { thumbs: consumer },
        scaling: { 'thumbs-scaled': { manifests: ['thumbs.yaml'], consumer: 'thumbs' } },
      })}`,
    )
    for (const command of [['prove', '--list'], ['prove', 'C1'], ['lint']]) {
      const { code, stderr } = await runTool([...command, '--config', 'scaled.config.mjs'], { cwd })
      assert.equal(code, 3, stderr)
      assert.match(
        stderr,
        /EVENTPROOF_MANIFEST_INVALID\n {2}there is no Deployment thumbs-scaled; there is thumbs\n/,
      )
      assert.match(
        stderr,
        /thumbs\.yaml\n {2}try +name the entry of scaling after its Deployment: did you mean 'thumbs'\?/,
      )
    }
  })

  it('says that there is no run yet', async () => {
    const { code, stderr } = await runTool(['verify'], { cwd })
    assert.equal(code, 64)
    assert.match(stderr, /there is no run yet/)
  })

  it('writes nothing where it must not, and says so', async () => {
    const { code, stderr } = await runTool(['prove', '--out', '/dev/null/runs'], { cwd })
    assert.equal(code, 3)
    assert.match(stderr, /EVENTPROOF_RUN_NOT_WRITTEN\n.*ENOTDIR.*\n.*\/dev\/null\/runs\n.*--out/)
  })

  it('tells what this machine can prove', async () => {
    const { code, stdout, milliseconds } = await runTool(['doctor', '--json'], { cwd })
    const { type, ready, checks, controls } = JSON.parse(stdout)
    assert.equal(type, 'doctor')
    assert.equal(code, ready ? 0 : 3)
    assert.ok(checks.length > 0)
    assert.equal(controls.length, 18)
    // The bound of doctor itself, with room for a busy machine: a hang is what must be found.
    assert.ok(milliseconds < 20_000, `${milliseconds} ms`)
  })

  it('lists the twins with what each must be judged', async () => {
    const { code, stdout } = await runTool(['twins', '--json'], { cwd })
    assert.equal(code, 0)
    for (const twin of JSON.parse(stdout)) {
      assert.match(twin.name, /^[a-z0-9-]+$/)
      assert.ok([twin.expected].flat().length > 0)
      assert.match(twin.control, /^[DPCO]\d$/)
    }
  })
})
