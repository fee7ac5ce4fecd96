import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { isFree } from '../core/ports.ts'
import { until } from '../core/until.ts'
import { isLoopback, type Listening, listeningSockets } from './listening-sockets.ts'
import { marked, markOf } from './marked-processes.ts'
import { root } from './source-tree.ts'
import { withoutKubernetes } from './stack/kubernetes-run.ts'
import { runTool, startTool } from './tool.ts'

const LONG = 10 * 60_000
const skip = await withoutKubernetes()

/** A config like the reference's, whose scaled workload has another manifest in the place of one of its own. */
const config = (manifest: string, service = '{}') => `
import reference from ${JSON.stringify(join(root, 'eventproof.config.ts'))}
const root = ${JSON.stringify(root)}
const own = reference.services.fulfillment
const migrations = own.migrations.map((file) => root + '/' + file)
const k8s = (file) => root + '/subjects/reference/k8s/' + file
export default {
  services: { fulfillment: { ...own, cwd: root, migrations, ...${service} } },
  consumers: { fulfillment: reference.consumers.fulfillment },
  scaling: {
    'order-consumer': {
      consumer: 'fulfillment', startWithin: '3s',
      manifests: [k8s('deployment.yaml'), k8s('topic.yaml'), ${JSON.stringify(manifest)}],
    },
  },
}`

describe('scaled workloads from the command line', { timeout: LONG, skip }, () => {
  let cwd = ''
  const scaledObject = readFileSync(join(root, 'subjects/reference/k8s/scaled-object.yaml'), 'utf8')
  before(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'eventproof-scaling-'))
    await chmod(cwd, 0o711)
  })
  after(() => rm(cwd, { recursive: true, force: true }))

  const prove = async (name: string, manifest: string, service?: string) => {
    await writeFile(join(cwd, `${name}.yaml`), manifest)
    await writeFile(join(cwd, `${name}.ts`), config(join(cwd, `${name}.yaml`), service))
    const args = ['prove', '@W24', '--config', `${name}.ts`, '--json']
    const { code, stdout } = await runTool(args, { cwd })
    return { code, last: JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}') }
  }

  it('leave no process, no port and no folder when the tool is killed while they run', {
    skip: process.platform !== 'linux',
  }, async () => {
    const TMPDIR = join(cwd, 'tmp')
    await mkdir(TMPDIR, { mode: 0o711 })
    const tool = startTool(['prove', '@W24', '--json'], { cwd, env: { TMPDIR } })
    const { directory } = await tool.event(({ type }) => type === 'run')
    const history = join(String(directory), 'history.ndjson')
    const scaled = () => existsSync(history) && readFileSync(history, 'utf8').includes('SuccessfulRescale')
    await until(scaled, { what: 'the autoscaler to ask for more', deadline: LONG, every: 200 })
    const mark = markOf(tool.process.pid ?? 0) ?? assert.fail('it started nothing')
    const sockets = listeningSockets(marked(mark))
    // The cluster's servers, the broker, Postgres, pods: whatever they were told by their flags.
    assert.ok(sockets.length > 10, JSON.stringify(sockets))
    for (const socket of sockets) assert.ok(isLoopback(socket), `${commandOf(socket)} ${socket.address}`)
    const { kubeconfig } = await tool.event(
      ({ component, state }) => component === 'kubernetes' && state === 'ready',
    )
    assert.ok(existsSync(String(kubeconfig)))
    tool.process.kill('SIGKILL')
    await tool.ended
    const gone = async () => {
      // Ports are told apart there, between runs.
      const left = (await readdir(TMPDIR)).filter((name) => name !== 'eventproof-ports')
      return marked(mark).length === 0 && left.length === 0
    }
    await until(gone, { what: 'everything that was started to be gone', deadline: 5_000 })
    for (const port of new Set(sockets.map(({ port }) => port))) assert.ok(await isFree(port), String(port))
  })

  it('prove nothing where no load comes', async () => {
    const { code, stdout } = await runTool(['prove', '@W24', '--disarm', 'load', '--json'], { cwd })
    assert.equal(code, 2)
    const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '{}')
    assert.equal(last.verdict, 'VACUOUS')
  })

  it('with a manifest that is no YAML end with its file and line', async () => {
    const { code, last } = await prove('broken', scaledObject.replace('spec:\n', 'spec: [\n'))
    assert.equal(code, 3)
    assert.equal(last.code, 'EVENTPROOF_MANIFEST_INVALID')
    assert.match(last.where, /broken\.yaml:\d+:\d+/)
  })

  it('whose trigger names a topic that does not exist are told by the manifest and by KEDA', async () => {
    const { code, last } = await prove(
      'unknown',
      scaledObject.replace('topic: order-events', 'topic: order-evnts'),
    )
    assert.equal(code, 1)
    assert.equal(last.verdict, 'VIOLATED')
    assert.match(reasonOf(last), /manifest-error: .*order-evnts/)
    const report = readFileSync(join(last.directory, 'report.md'), 'utf8')
    assert.match(report, /### no-activation\n[\s\S]*error describing topics: .* does not exist/)
  })

  it('whose container crashes are STALLED', async () => {
    const crashing = `{ command: ['node', '-e', 'console.error("no broker"); process.exit(7)'] }`
    const { code, last } = await prove('crashing', scaledObject, crashing)
    assert.equal(code, 1)
    assert.equal(last.verdict, 'STALLED')
    assert.match(
      reasonOf(last),
      /late-activation: .*Pod\/\S+ says: CrashLoopBackOff: .*exit code 7: no broker/,
    )
  })
})

function commandOf({ pid }: Listening): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
}

function reasonOf({ controls }: { readonly controls: readonly { id: string; reason: string }[] }): string {
  return controls.find(({ id }) => id === 'O1')?.reason ?? ''
}
