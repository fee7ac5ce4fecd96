import { seededRandom } from '../../core/random.ts'
import { Draw } from './draw.ts'
import { CONNECTING, type DrawnType, TRIGGERS } from './drawn-triggers.ts'
import type { Created, DrawnTrigger, Fields, GeneratedCase } from './generated-case.ts'
import { namespaceOf } from './keda-court.ts'
import { type DrawnObject, SPEC_FAULTS } from './spec-faults.ts'
import { TRIGGER_FAULTS } from './trigger-faults.ts'
import { type Written, yamlText } from './yaml-text.ts'

/** Manifests as people write them, most with one thing wrong, some with two, some with nothing. */
export function generateCases(count: number, seed: string): GeneratedCase[] {
  return Array.from({ length: count }, (_, i) => generateCase(i, new Draw(seededRandom(`${seed}/${i}`))))
}

function generateCase(index: number, draw: Draw): GeneratedCase {
  const namespace = namespaceOf(index)
  const name = `so-${index}`
  const triggers = drawnTriggers(draw)
  const spec: Fields = {
    scaleTargetRef: { name: `target-${index}` },
    minReplicaCount: draw.maybe(0.4, () => draw.one(0, 1, 2)),
    maxReplicaCount: draw.maybe(0.5, () => draw.one(3, 10)),
    pollingInterval: draw.maybe(0.2, () => 15),
    cooldownPeriod: draw.maybe(0.2, () => 60),
  }
  const metadata: Fields = { name, namespace }
  const faults = wrong(triggers, { spec, metadata, target: `target-${index}` }, draw)
  const others = [
    workload(index, namespace, draw),
    ...triggers.flatMap((trigger, i) => authentication(trigger, `${name}-auth-${i}`, namespace)),
  ]
  spec.triggers ??= 'triggers' in spec ? undefined : triggers.map(written)
  const yaml = manifest({ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata, spec })
  const path = `/apis/keda.sh/v1alpha1/namespaces/${namespace}/scaledobjects`
  const text = [...others.map((each) => each.yaml), yaml].join('\n---\n')
  return { namespace, name: String(metadata.name), others, scaledObject: { path, yaml }, text, faults }
}

function drawnTriggers(draw: Draw): DrawnTrigger[] {
  const types = Object.keys(TRIGGERS).filter((type): type is DrawnType => type in TRIGGERS)
  const chosen = Array.from(
    { length: draw.one(1, 1, 1, 2, 2, 3) },
    () => types[draw.whole(0, types.length - 1)] ?? 'cron',
  )
  // One that connects comes last.
  const [last, ...rest] = chosen.filter((type) => CONNECTING.includes(type))
  const order = [
    ...chosen.filter((type) => !CONNECTING.includes(type)),
    ...(last === undefined ? [] : [last]),
  ]
  const names = draw.chance(0.6)
    ? (['one', 'two', 'three'] as const)
    : draw.chance(0.1)
      ? (['one', 'one', 'one'] as const)
      : []
  return [...order, ...rest.map((): DrawnType => 'cron')]
    .toSorted((a, b) => Number(a === last) - Number(b === last))
    .map((type, i) => ({ ...TRIGGERS[type](draw), name: names[i] }))
}

function wrong(triggers: DrawnTrigger[], object: DrawnObject, draw: Draw): string[] {
  const faults: string[] = []
  for (let i = draw.one(0, 1, 1, 1, 2); i > 0; i--) {
    if (draw.chance(0.55)) {
      const [name = '', fault] = any(TRIGGER_FAULTS, draw)
      const trigger = triggers[draw.whole(0, triggers.length - 1)]
      if (trigger !== undefined) fault?.(trigger, draw)
      faults.push(name)
    } else {
      const [name = '', fault] = any(SPEC_FAULTS, draw)
      fault?.(object, draw)
      faults.push(name)
    }
  }
  return faults
}

function any<T>(of: Readonly<Record<string, T>>, draw: Draw): readonly [string, T] | readonly [] {
  const entries = Object.entries(of)
  return entries[draw.whole(0, entries.length - 1)] ?? []
}

function written({
  type,
  name,
  metricType,
  useCachedMetrics,
  metadata,
  authenticationRef,
  more,
}: DrawnTrigger): Written {
  return { type, name, metricType, useCachedMetrics, metadata: { ...metadata }, authenticationRef, ...more }
}

/** The target, with or without what cpu and memory need. */
function workload(index: number, namespace: string, draw: Draw): Created {
  const name = `target-${index}`
  const resources = draw.chance(0.75)
    ? { requests: { cpu: '100m', memory: '64Mi' } }
    : draw.one({ limits: { cpu: '1' } }, {})
  const env = [
    { name: 'SET', value: draw.one('5', 'orders', 'true') },
    { name: 'EMPTY', value: '' },
  ]
  const spec = {
    replicas: 0,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image: 'none', env, resources }] },
    },
  }
  const yaml = manifest({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace }, spec })
  return { path: `/apis/apps/v1/namespaces/${namespace}/deployments`, name, yaml }
}

/** What gives a trigger its parameters; it is named in the trigger, unless a fault has put something there. */
function authentication(trigger: DrawnTrigger, name: string, namespace: string): Created[] {
  const { auth = {}, identity } = trigger
  if (Object.keys(auth).length === 0 && identity === undefined) return []
  trigger.authenticationRef ??= { name }
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, stringData: auth }
  const secretTargetRef = Object.keys(auth).map((key) => ({ parameter: key, name, key }))
  const spec = { secretTargetRef, podIdentity: identity === undefined ? undefined : { provider: identity } }
  const object = {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'TriggerAuthentication',
    metadata: { name, namespace },
    spec,
  }
  return [
    { path: `/api/v1/namespaces/${namespace}/secrets`, name, yaml: manifest(secret) },
    {
      path: `/apis/keda.sh/v1alpha1/namespaces/${namespace}/triggerauthentications`,
      name,
      yaml: manifest(object),
    },
  ]
}

function manifest(object: Fields): string {
  return yamlText(object).trimStart()
}
