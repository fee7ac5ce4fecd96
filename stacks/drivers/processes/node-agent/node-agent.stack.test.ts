import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AppsV1Api, BatchV1Api, CoreV1Api, V1Container, V1Pod, V1PodSpec } from '@kubernetes/client-node'
import { groupLives } from '../../../../core/process-identity.ts'
import { until } from '../../../../core/until.ts'
import {
  kubernetesContent,
  openRun,
  type TestRun,
  withoutKubernetes,
} from '../../../../test/stack/kubernetes-run.ts'
import { kubernetesPrograms } from '../artifacts/kubernetes-programs.ts'
import { KubernetesControlPlane, type RunningControlPlane } from '../components/kubernetes-control-plane.ts'
import { NodeAgent, type RunningNode } from './node-agent.ts'
import type { PodEvent } from './pod-event.ts'

const skip = await withoutKubernetes()
const namespace = 'default'

/** Listens where it is told to; ready once the file that it is told of is there. */
const SERVER = `
  const { createServer } = require('node:http')
  const { existsSync } = require('node:fs')
  process.on('SIGTERM', () => { console.log('bye'); process.exit(0) })
  createServer((_, answer) => { answer.statusCode = existsSync(process.env.OPEN) ? 200 : 503; answer.end() })
    .listen(process.env.PORT, '127.0.0.1', () => console.log('up ' + process.env.HOSTNAME))`

describe('the node, under the real controllers', { skip }, () => {
  let run: TestRun
  let plane: RunningControlPlane
  let node: RunningNode
  let core: CoreV1Api
  let apps: AppsV1Api
  let batch: BatchV1Api
  const events: PodEvent[] = []

  before(async () => {
    run = await openRun()
    plane = await new KubernetesControlPlane({ programs: await kubernetesPrograms(kubernetesContent) }).start(
      run,
    )
    node = await NodeAgent.start({
      kubeconfig: plane.node.kubeconfig,
      name: plane.node.name,
      images: {
        sh: { command: ['/bin/sh', '-c'], cwd: '/' },
        server: { command: [process.execPath, '-e', SERVER], cwd: run.data, ports: { PORT: 'http' } },
      },
      run,
      logServer: { ...plane.node, port: await run.ports.allocate() },
      backOff: { first: 300, longest: 600 },
      on: (event) => events.push(event),
    })
    const client = await import('@kubernetes/client-node')
    const config = new client.KubeConfig()
    config.loadFromFile(plane.kubeconfig)
    core = config.makeApiClient(client.CoreV1Api)
    apps = config.makeApiClient(client.AppsV1Api)
    batch = config.makeApiClient(client.BatchV1Api)
  })
  after(async () => {
    await node?.[Symbol.asyncDispose]()
    await plane?.[Symbol.asyncDispose]()
    await run?.[Symbol.asyncDispose]()
  })

  const soon = <T>(what: string, probe: () => Promise<T | undefined | false>) =>
    until(probe, { what, deadline: 20_000, every: 50 })
  const podsOf = async (app: string) =>
    (await core.listNamespacedPod({ namespace, labelSelector: `app=${app}` })).items
  const template = (app: string, spec: V1PodSpec) => ({ metadata: { labels: { app } }, spec })
  const deploy = (name: string, replicas: number, spec: V1PodSpec) =>
    apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name },
        spec: { replicas, selector: { matchLabels: { app: name } }, template: template(name, spec) },
      },
    })
  const deployment = (name: string) => apps.readNamespacedDeployment({ name, namespace })
  const scale = async (name: string, replicas: number) => {
    const body = await deployment(name)
    if (body.spec) body.spec.replicas = replicas
    await apps.replaceNamespacedDeployment({ name, namespace, body })
  }
  const pod = (name: string, spec: V1PodSpec) =>
    core.createNamespacedPod({ namespace, body: { metadata: { name, labels: { app: name } }, spec } })
  const read = (name: string) => core.readNamespacedPod({ name, namespace })
  const first = ({ status }: V1Pod) => status?.containerStatuses?.[0]
  const running = (name: string) =>
    soon(`pod ${name} to run`, async () => first(await read(name))?.state?.running !== undefined)
  const gone = (name: string) =>
    soon(`the end of pod ${name}`, () =>
      read(name).then(
        () => false,
        (error) => error.code === 404,
      ),
    )
  const shell = (script: string, more: Partial<V1Container> = {}): V1Container => {
    return { name: 'app', image: 'sh', args: [script], ...more }
  }

  test('a Deployment is ready when its pods’ probes pass, heals, and scales to zero', async () => {
    const open = join(run.data, 'open')
    const server: V1Container = {
      name: 'app',
      image: 'server:1.0',
      env: [{ name: 'OPEN', value: open }],
      ports: [{ name: 'http', containerPort: 8080 }],
      readinessProbe: { httpGet: { port: 'http' }, periodSeconds: 1 },
    }
    await deploy('web', 2, { containers: [server] })
    await soon('both to run', async () => {
      const pods = await podsOf('web')
      return pods.length === 2 && pods.every((each) => first(each)?.state?.running)
    })
    assert.equal((await deployment('web')).status?.readyReplicas ?? 0, 0)
    await writeFile(open, '')
    await soon('both to be ready', async () => (await deployment('web')).status?.readyReplicas === 2)
    const [one] = await podsOf('web')
    const name = one?.metadata?.name ?? ''
    assert.ok(await node.kill(name))
    await soon('a restart', async () => {
      const each = first(await read(name))
      return each?.restartCount === 1 && each.ready && each.lastState?.terminated?.exitCode === 137
    })
    await scale('web', 0)
    await soon('zero', async () => (await podsOf('web')).length === 0)
    // The node hears of that after the API server has told us.
    await soon('its end', async () => events.some(({ pod, event }) => pod === name && event === 'gone'))
    assert.deepEqual(
      events.filter((event) => event.pod === name).map(({ event }) => event),
      ['started', 'ready', 'killed', 'exited', 'started', 'ready', 'ending', 'exited', 'gone'],
    )
  })

  test('a Deployment that crashes backs off, with its last words in the status', async () => {
    await deploy('crash', 1, { containers: [shell('echo no broker; exit 3')] })
    const status = await soon('two restarts', async () => {
      const [each] = await podsOf('crash')
      const now = each && first(each)
      return (now?.restartCount ?? 0) >= 2 && now?.state?.waiting?.reason === 'CrashLoopBackOff' && now
    })
    assert.equal(status.lastState?.terminated?.exitCode, 3)
    assert.match(status.lastState?.terminated?.message ?? '', /no broker/)
    assert.equal((await deployment('crash')).status?.unavailableReplicas, 1)
    await scale('crash', 0)
    await soon('zero', async () => (await podsOf('crash')).length === 0)
  })

  test('a Job completes, and one that fails is given up after its retries', async () => {
    const job = (name: string, script: string) =>
      batch.createNamespacedJob({
        namespace,
        body: {
          metadata: { name },
          spec: {
            backoffLimit: 0,
            template: template(name, { restartPolicy: 'Never', containers: [shell(script)] }),
          },
        },
      })
    await Promise.all([job('good', 'echo done'), job('bad', 'exit 4')])
    const status = async (name: string) => (await batch.readNamespacedJobStatus({ name, namespace })).status
    await soon('success', async () => (await status('good'))?.succeeded === 1)
    await soon('failure', async () => (await status('bad'))?.failed === 1)
    const [good] = await podsOf('good')
    assert.equal(good?.status?.phase, 'Succeeded')
    assert.equal(good && first(good)?.state?.terminated?.reason, 'Completed')
    for (const name of ['good', 'bad']) {
      await batch.deleteNamespacedJob({ name, namespace, propagationPolicy: 'Background' })
      await soon('its pods to go', async () => (await podsOf(name)).length === 0)
    }
  })

  test('a deleted pod is asked by SIGTERM, and killed with all it started when its grace is over', async () => {
    await pod('polite', { containers: [shell('trap "echo bye; exit 0" TERM; sleep 300 & wait')] })
    await pod('stubborn', { containers: [shell('trap "" TERM; while :; do sleep 1; done')] })
    await Promise.all([running('polite'), running('stubborn')])
    const [polite, stubborn] = ['polite', 'stubborn'].map((name) =>
      node.pods.find((each) => each.name === name),
    )
    const pid = stubborn?.containers[0]?.pid ?? 0
    await Promise.all(
      ['polite', 'stubborn'].map((name) =>
        core.deleteNamespacedPod({ name, namespace, gracePeriodSeconds: 1 }),
      ),
    )
    await Promise.all([gone('polite'), gone('stubborn')])
    assert.equal(await readFile(polite?.containers[0]?.log ?? '', 'utf8'), 'bye\n')
    const exit = (name: string) => events.find((event) => event.pod === name && event.event === 'exited')
    assert.equal(exit('polite')?.code, 0)
    assert.equal(exit('stubborn')?.signal, 'SIGKILL')
    assert.equal(groupLives(pid), false)
  })

  test('variables come from ConfigMaps, Secrets and fields; logs go through the API', async () => {
    await core.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'settings' }, data: { GROUP: 'g' } },
    })
    await core.createNamespacedSecret({
      namespace,
      body: { metadata: { name: 'keys' }, stringData: { PASSWORD: 'secret' } },
    })
    const env = [
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'keys', key: 'PASSWORD' } } },
      { name: 'ME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ]
    const script = 'echo $GROUP $PASSWORD $ME $KUBERNETES_SERVICE_PORT; echo second; exec sleep 300'
    await pod('env', {
      containers: [shell(script, { env, envFrom: [{ configMapRef: { name: 'settings' } }] })],
    })
    await running('env')
    const log = (options = {}) => core.readNamespacedPodLog({ name: 'env', namespace, ...options })
    const lines = await soon('two lines', async () => {
      const text = await log()
      return text.includes('second') && text
    })
    assert.equal(lines, `g secret env ${new URL(plane.url).port}\nsecond\n`)
    assert.equal(await log({ tailLines: 1 }), 'second\n')
    await core.deleteNamespacedPod({ name: 'env', namespace, gracePeriodSeconds: 0 })
    await gone('env')
    await soon('its process to end', async () => !node.pods.some(({ name }) => name === 'env'))
  })

  test('what it cannot do is refused in the pod’s status', async () => {
    await pod('mounts', {
      containers: [shell('true', { volumeMounts: [{ name: 'data', mountPath: '/data' }] })],
      volumes: [{ name: 'data', emptyDir: {} }],
    })
    await pod('unmapped', { containers: [{ name: 'app', image: 'acme/orders:1.4' }] })
    const waiting = (name: string) =>
      soon(`the refusal of ${name}`, async () => {
        const { reason, message } = first(await read(name))?.state?.waiting ?? {}
        return reason !== undefined && reason !== 'ContainerCreating' && `${reason}: ${message}`
      })
    assert.match(await waiting('mounts'), /^CreateContainerConfigError: .*no emptyDir volume at \/data/)
    assert.match(await waiting('unmapped'), /^ErrImageNeverPull: image "acme\/orders:1.4" is not mapped/)
    assert.equal((await read('mounts')).status?.phase, 'Pending')
    for (const name of ['mounts', 'unmapped']) {
      await core.deleteNamespacedPod({ name, namespace })
      await gone(name)
    }
  })

  test('it goes on when the API server comes back, and nothing of it runs after disposal', async () => {
    await plane.apiserver.kill()
    await plane.apiserver.restart()
    await pod('after', { containers: [shell('exec sleep 300')] })
    await running('after')
    const { pid } = node.pods.find(({ name }) => name === 'after')?.containers[0] ?? {}
    await node[Symbol.asyncDispose]()
    assert.equal(groupLives(pid ?? 0), false)
  })
})
