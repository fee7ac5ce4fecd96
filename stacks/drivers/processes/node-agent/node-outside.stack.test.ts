import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { until } from '../../../../core/until.ts'
import {
  kubernetesContent,
  openRun,
  type TestRun,
  withoutKubernetes,
} from '../../../../test/stack/kubernetes-run.ts'
import type { KubernetesObject } from '../../../clients/kubernetes-api.ts'
import { kubernetesPrograms } from '../artifacts/kubernetes-programs.ts'
import { KubernetesControlPlane, type RunningControlPlane } from '../components/kubernetes-control-plane.ts'
import { NodeAgent, type RunningNode } from './node-agent.ts'

const skip = await withoutKubernetes()
const run = promisify(execFile)
const withoutKubectl = await run('kubectl', ['version', '--client']).then(
  () => false as const,
  () => 'there is no kubectl on PATH',
)

const shell = (script: string) => ({ name: 'app', image: 'sh', args: [script] })
const pod = (name: string, app = name): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app } },
  spec: { containers: [shell('echo hello; exec sleep 300')] },
})
const deployment: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'scaled' },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'scaled' } },
    template: {
      metadata: { labels: { app: 'scaled' } },
      spec: { containers: [shell('exec sleep 300')] },
    },
  },
}
/** As many as there are pods that ask for it. */
const scaledObject: KubernetesObject = {
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

describe('the node, as others see it', { skip }, () => {
  let held: TestRun
  let plane: RunningControlPlane
  let node: RunningNode
  before(async () => {
    held = await openRun()
    const programs = await kubernetesPrograms(kubernetesContent)
    plane = await new KubernetesControlPlane({ programs, autoscalerSync: 1000 }).start(held)
    node = await NodeAgent.start({
      kubeconfig: plane.node.kubeconfig,
      name: plane.node.name,
      images: { sh: { command: ['/bin/sh', '-c'], cwd: '/' } },
      run: held,
      logServer: { ...plane.node, port: await held.ports.allocate() },
    })
  })
  after(async () => {
    await node?.[Symbol.asyncDispose]()
    await plane?.[Symbol.asyncDispose]()
    await held?.[Symbol.asyncDispose]()
  })
  const soon = <T>(what: string, probe: () => Promise<T | undefined | false>) =>
    until(probe, { what, deadline: 30_000, every: 100 })

  test('kubectl works with the kubeconfig that is printed: nodes, pods, logs', {
    skip: withoutKubectl,
  }, async () => {
    const kubectl = async (...args: string[]) =>
      (await run('kubectl', ['--kubeconfig', plane.kubeconfig, ...args])).stdout
    await plane.api.apply(pod('spoken'))
    assert.match(await kubectl('get', 'nodes'), new RegExp(`^${plane.node.name} +Ready`, 'm'))
    await soon('its words', async () => (await kubectl('logs', 'spoken').catch(() => '')) === 'hello\n')
    assert.match(await kubectl('get', 'pods'), /^spoken +1\/1 +Running +0 /m)
    await kubectl('delete', 'pod', 'spoken', '--grace-period=0', '--force')
  })

  test('the autoscaler adds pods that become ready, and all of them go when nothing asks for them', async () => {
    await plane.api.apply(deployment)
    await plane.api.apply(scaledObject)
    const causes = ['a', 'b', 'c'].map((name) => pod(name, 'cause'))
    for (const cause of causes) await plane.api.apply(cause)
    const ready = async () => {
      const path = '/apis/apps/v1/namespaces/default/deployments/scaled'
      const { status } = await plane.api.get<{ status?: { readyReplicas?: number } }>(path)
      return status?.readyReplicas ?? 0
    }
    const own = () => node.pods.filter(({ name }) => name.startsWith('scaled-'))
    await soon('three ready replicas', async () => (await ready()) === 3)
    assert.equal(own().length, 3)
    for (const cause of causes) await plane.api.delete(cause)
    await soon('nothing to run', async () => own().length === 0)
    assert.equal(await ready(), 0)
  })
})
