import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { isFree } from '../../../../core/ports.ts'
import { descendantsOf, isAlive } from '../../../../core/process-identity.ts'
import { until } from '../../../../core/until.ts'
import {
  kubernetesContent,
  openRun,
  type TestRun,
  withoutKubernetes,
} from '../../../../test/stack/kubernetes-run.ts'
import { EXTERNAL_METRICS } from '../../../clients/keda-probe.ts'
import type { KubernetesObject } from '../../../clients/kubernetes-api.ts'
import { kubernetesPrograms } from '../artifacts/kubernetes-programs.ts'
import { KubernetesControlPlane, type RunningControlPlane } from './kubernetes-control-plane.ts'

const skip = await withoutKubernetes()

interface ScaledObject {
  readonly status?: {
    readonly externalMetricNames?: readonly string[]
    readonly conditions?: readonly {
      readonly type: string
      readonly status: string
      readonly message: string
    }[]
  }
}

const workload = (kind: 'Deployment' | 'Pod', name: string): KubernetesObject => {
  const template = {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'app', image: 'none' }] },
  }
  if (kind === 'Pod')
    return { apiVersion: 'v1', kind, metadata: { name, ...template.metadata }, spec: template.spec }
  const spec = { replicas: 0, selector: { matchLabels: { app: name } }, template }
  return { apiVersion: 'apps/v1', kind, metadata: { name }, spec }
}

/** Scales by the number of other pods: a trigger that needs nothing but the cluster. */
const scaled: KubernetesObject = {
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  metadata: { name: 'scaled' },
  spec: {
    scaleTargetRef: { name: 'scaled' },
    pollingInterval: 1,
    cooldownPeriod: 1,
    triggers: [{ type: 'kubernetes-workload', metadata: { podSelector: 'app=cause', value: '1' } }],
  },
}
const OBJECT = '/apis/keda.sh/v1alpha1/namespaces/default/scaledobjects/scaled'

describe('the control plane', { skip }, () => {
  let run: TestRun
  let plane: RunningControlPlane
  before(async () => {
    run = await openRun()
    plane = await start(run)
  })
  after(() => run[Symbol.asyncDispose]())

  const replicas = async () => {
    const { spec } = await plane.api.get<{ spec: { replicas: number } }>(
      '/apis/apps/v1/namespaces/default/deployments/scaled',
    )
    return spec.replicas
  }
  const metric = async () => {
    const { status } = await plane.api.get<ScaledObject>(OBJECT)
    const [name] = status?.externalMetricNames ?? []
    const selector = encodeURIComponent('scaledobject.keda.sh/name=scaled')
    const { items } = await plane.api.get<{ items: { value: string }[] }>(
      `${EXTERNAL_METRICS}/namespaces/default/${name}?labelSelector=${selector}`,
    )
    return items[0]?.value
  }

  test('KEDA takes a ScaledObject, gives its metric, and wakes the Deployment', async () => {
    await plane.api.apply(workload('Deployment', 'scaled'))
    await plane.api.apply(scaled)
    await until(
      async () => {
        const { status } = await plane.api.get<ScaledObject>(OBJECT)
        const ready = status?.conditions?.find(({ type }) => type === 'Ready')
        return ready?.status === 'True'
      },
      { what: 'the ScaledObject to be ready', deadline: 10_000 },
    )
    assert.equal(await metric(), '0')
    assert.equal(await replicas(), 0)
    await plane.api.apply(workload('Pod', 'cause'))
    await until(async () => (await replicas()) === 1, { what: 'one replica', deadline: 10_000 })
    assert.equal(await metric(), '1')
  })

  test('what KEDA says of a trigger that it cannot ask is in its condition', async () => {
    const metadata = { bootstrapServers: '127.0.0.1:1', consumerGroup: 'g', topic: 't', lagThreshold: '50' }
    await plane.api.apply(workload('Deployment', 'unreachable'))
    await plane.api.apply({
      ...scaled,
      metadata: { name: 'unreachable' },
      spec: { scaleTargetRef: { name: 'unreachable' }, triggers: [{ type: 'kafka', metadata }] },
    })
    const said = await until(
      async () => {
        const { status } = await plane.api.get<ScaledObject>(OBJECT.replace(/scaled$/, 'unreachable'))
        return status?.conditions?.find(({ type, status }) => type === 'Ready' && status === 'False')?.message
      },
      { what: 'the ScaledObject not to be ready', deadline: 20_000 },
    )
    assert.match(said, /dial tcp 127\.0\.0\.1:1: connect: connection refused/)
  })

  test('KEDA refuses a second ScaledObject for one Deployment', async () => {
    const again = { ...scaled, metadata: { name: 'again' } }
    // It asks for autoscalers first: before the operator has made one, the first ScaledObject itself is in the way.
    await assert.rejects(
      plane.api.apply(again),
      /admission webhook .* already managed by the (?:ScaledObject 'scaled'|hpa 'keda-hpa-scaled')/,
    )
  })

  test('the operator and the adapter can be killed, and answer again', async () => {
    await plane.adapter.kill()
    assert.equal(plane.adapter.running, false)
    await assert.rejects(metric())
    await plane.adapter.restart()
    assert.equal(await metric(), '1')
    await plane.operator.kill()
    await plane.operator.restart()
    await until(async () => (await metric()) === '1', { what: 'the metric', deadline: 20_000 })
  })

  test('nothing is left of it', async () => {
    await plane[Symbol.asyncDispose]()
    assert.ok(await isFree(Number(new URL(plane.url).port)))
    await assert.rejects(access(plane.kubeconfig))
    await onlyTheReaper(run)
  })
})

test('a server that dies at start is named, and nothing is left of the others', { skip }, async () => {
  await using run = await openRun()
  const programs = await kubernetesPrograms(kubernetesContent)
  const commands = { ...programs.commands, 'keda-operator': ['false'] as const }
  await assert.rejects(new KubernetesControlPlane({ programs: { ...programs, commands } }).start(run), {
    name: 'ComponentNotReady',
    message: 'keda-operator is not ready',
  })
  await onlyTheReaper(run)
  await assert.rejects(access(join(run.data, 'kubernetes')))
})

test('nothing is left of a control plane whose tool was killed', { skip }, async () => {
  const module = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)
  const script = `
    import { openRun, kubernetesContent } from ${module('../../../../test/stack/kubernetes-run.ts')}
    import { kubernetesPrograms } from ${module('../artifacts/kubernetes-programs.ts')}
    import { KubernetesControlPlane } from ${module('./kubernetes-control-plane.ts')}
    const run = await openRun()
    const programs = await kubernetesPrograms(kubernetesContent)
    const plane = await new KubernetesControlPlane({ programs }).start(run)
    console.log(JSON.stringify({ data: run.data, url: plane.url }))
    setInterval(() => {}, 1000)`
  const args = ['--no-warnings', '--input-type=module', '-e', script]
  const tool = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface(tool.stdout), 'line')
  const { data, url } = JSON.parse(line)
  const started = descendantsOf(tool.pid as number)
  assert.equal(started.length, 8, 'seven servers and the reaper')
  tool.kill('SIGKILL')
  await until(() => !started.some(isAlive), { what: 'the end of all processes', deadline: 5000 })
  await assert.rejects(access(data))
  // A killed process is a zombie while its threads still end, and with them its sockets.
  const port = Number(new URL(url).port)
  await until(() => isFree(port), { what: 'the port to be free', deadline: 5000 })
})

async function start(run: TestRun): Promise<RunningControlPlane> {
  return new KubernetesControlPlane({ programs: await kubernetesPrograms(kubernetesContent) }).start(run)
}

/** The reaper is a shell: for a moment it has children of its own, when it is told that something has ended. */
async function onlyTheReaper(run: TestRun): Promise<void> {
  const left = () => descendantsOf(process.pid).map(({ pid }) => pid)
  await until(() => left().join() === String(run.reaper.pid), { what: 'the reaper alone', deadline: 2000 })
}
