import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { until } from '../../core/until.ts'
import type { ClusterObject, Namespace, PodEvent, Program, Stack } from '../../stacks/stack.ts'
import { createTopic, send } from './driver-probes.ts'

const IMAGE = 'shop/anything:1.0'
const PORT = 8080
/** Milliseconds for a pod to come or go, on a busy machine. */
const PATIENCE = 90_000

/** Answers on its port, says to whom it could connect, and ends when it is told to. */
const script = `
  const [host, port] = (process.env.KAFKA ?? ':').split(':')
  const server = require('http').createServer((_, answer) => answer.end('ok'))
  if (!host) server.listen(process.env.PORT, process.env.HOST)
  else require('net').connect(Number(port), host, () => server.listen(process.env.PORT, process.env.HOST))
  process.on('SIGTERM', () => process.exit(0))`

/**
 * What every driver must do whose stack has a cluster.
 * @param program runs a script of Node in a pod, and listens at `host`
 */
export function clusterContract(
  name: string,
  open: () => Promise<Stack>,
  { program, host }: { readonly program: (script: string) => Program; readonly host: string },
): void {
  describe(`cluster contract: ${name}`, () => {
    let stack: Stack
    let namespace: Namespace
    const events: PodEvent[] = []
    const told = (event: PodEvent['event'], pod?: string) =>
      events.filter((each) => each.event === event && (pod === undefined || each.pod === pod))
    const seen = (what: string, look: () => boolean) => until(look, { what, deadline: PATIENCE, every: 50 })

    before(async () => {
      stack = await open()
      await stack.need(['kafka', 'kubernetes'])
      namespace = await stack.kubernetes.namespace('contract', (event) => events.push(event))
      await namespace.use(IMAGE, { program: program(script), port: PORT })
    })
    after(() => stack?.[Symbol.asyncDispose]())

    /** The pod that became ready last, once it has. @param before another than this one */
    const runningPod = (before?: string): Promise<string> =>
      until(
        () => {
          const last = told('ready').at(-1)
          const over = told('exited').some(({ pod, id }) => pod === last?.pod && id === last?.id)
          return over || last?.pod === before ? undefined : last?.pod
        },
        { what: 'a ready pod', deadline: PATIENCE, every: 50 },
      )
    const deployment = (replicas: number, limits: object = {}): ClusterObject => {
      const env = {
        PORT: namespace.portText(PORT),
        HOST: host,
        KAFKA: stack.kafka.bootstrapServers('cluster'),
      }
      const container = {
        name: 'main',
        image: IMAGE,
        ports: [{ containerPort: PORT }],
        env: Object.entries(env).map(([name, value]) => ({ name, value })),
        readinessProbe: { httpGet: { path: '/', port: PORT }, periodSeconds: 1 },
        resources: { requests: { cpu: '500m' }, ...limits },
      }
      const labels = { app: 'anything' }
      return {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'anything' },
        spec: {
          replicas,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: { terminationGracePeriodSeconds: 5, containers: [container] },
          },
        },
      }
    }

    test('a pod starts, reaches the broker at the address of the cluster, and is ready', async () => {
      await namespace.apply(deployment(1))
      await seen('a ready pod', () => told('ready').length === 1)
      const [{ pod, id } = { pod: '', id: '' }] = told('ready')
      assert.equal(told('started', pod)[0]?.id, id)
    })

    test('a killed pod is started again, as another process', async () => {
      const [{ pod, id } = { pod: '', id: '' }] = told('ready')
      assert.equal(await namespace.killPod(pod), true)
      await seen('its end', () => told('exited', pod).some((each) => each.id === id))
      assert.equal(told('exited', pod)[0]?.signal, 'SIGKILL')
      assert.equal(told('killed', pod)[0]?.id, id)
      await seen('its next start', () => told('ready', pod).length === 2)
      assert.notEqual(told('ready', pod)[1]?.id, id)
    })

    test('a pod that is deleted is told to end, and another one comes', async () => {
      const [{ pod } = { pod: '' }] = told('ready')
      await namespace.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name: pod } })
      await seen('its end', () => told('exited', pod).length === 2)
      assert.equal(told('exited', pod)[1]?.code, 0)
      await seen('another pod', () => told('ready').some((each) => each.pod !== pod))
      assert.equal(await namespace.killPod(pod), false)
    })

    test('a pod is evicted where a budget lets it go, and is not where none does', async (t) => {
      const { nodes } = namespace
      if (nodes === undefined) return t.skip('pods of this stack have no nodes')
      const pod = await runningPod()
      const budget = (maxUnavailable: number): ClusterObject => ({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'anything' },
        spec: { maxUnavailable, selector: { matchLabels: { app: 'anything' } } },
      })
      await namespace.apply(budget(0))
      const refused = async () => /needs 1 healthy/.test((await nodes.evict(pod)) ?? '')
      await until(refused, { what: 'a refusal', deadline: PATIENCE, every: 100 })
      assert.equal(told('exited', pod).length, 0)
      await namespace.delete(budget(0))
      const granted = async () => (await nodes.evict(pod)) === undefined
      await until(granted, { what: 'an eviction', deadline: PATIENCE, every: 100 })
      await seen('its end', () => told('exited', pod).length === 1)
    })

    test('a drained node takes no pods until it is given back', async (t) => {
      const { nodes } = namespace
      if (nodes === undefined) return t.skip('pods of this stack have no nodes')
      const pod = await runningPod()
      const drained = await nodes.drain(pod)
      assert.deepEqual(drained.evicted, [pod])
      const next = await runningPod(pod)
      assert.notEqual(next, pod)
      // The cluster has one more node: from there it is emptied back.
      await drained[Symbol.asyncDispose]()
      const back = await nodes.drain(next)
      assert.notEqual(back.name, drained.name)
      await runningPod(next)
      await back[Symbol.asyncDispose]()
    })

    test('a pod whose memory is used up is ended for it, and started again', async (t) => {
      const { nodes } = namespace
      if (nodes === undefined) return t.skip('pods of this stack have no nodes')
      const before = await runningPod()
      await assert.rejects(nodes.exhaust(before), /no limit/)
      await namespace.apply(deployment(1, { limits: { memory: '256Mi' } }))
      const limited = await runningPod(before)
      assert.match((await nodes.exhaust(limited)) ?? '', /want of memory/)
      await seen('its next start', () => told('ready', limited).length === 2)
    })

    test('KEDA wakes a workload by the lag of a topic', async () => {
      const topic = await createTopic(stack, 'contract')
      await namespace.apply(deployment(0))
      const running = () => told('started').length - told('exited').length
      await seen('no pod', () => running() === 0)
      await namespace.apply({
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name: 'anything' },
        spec: {
          scaleTargetRef: { name: 'anything' },
          pollingInterval: 1,
          minReplicaCount: 0,
          maxReplicaCount: 2,
          triggers: [
            {
              type: 'kafka',
              metadata: {
                bootstrapServers: stack.kafka.bootstrapServers('cluster'),
                consumerGroup: 'contract',
                topic,
                lagThreshold: '1',
                offsetResetPolicy: 'earliest',
              },
            },
          ],
        },
      })
      for (const value of ['one', 'two', 'three'])
        await send(stack.kafka.bootstrapServers('host'), topic, value)
      await seen('a pod', () => running() > 0)
    })

    test('a second scaler for the same workload is refused by KEDA', async () => {
      const scaler = (name: string): ClusterObject => ({
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name },
        spec: {
          scaleTargetRef: { name: 'anything' },
          triggers: [{ type: 'cpu', metadata: { value: '50' } }],
        },
      })
      await assert.rejects(namespace.apply(scaler('second')), { code: 'EVENTPROOF_KUBERNETES_REFUSED' })
    })

    test('the metrics adapter is killed, stays dead, and is ready again when it is started', async () => {
      const { metricsAdapter } = stack.kubernetes
      const { id } = metricsAdapter
      assert.equal(metricsAdapter.running, true)
      await metricsAdapter.kill()
      assert.equal(metricsAdapter.running, false)
      await metricsAdapter.restart()
      assert.equal(metricsAdapter.running, true)
      assert.notEqual(metricsAdapter.id, id)
    })

    test('a namespace ends with all that runs in it', async () => {
      await namespace[Symbol.asyncDispose]()
      await seen('the end of all', () => told('started').length === told('exited').length)
    })
  })
}
