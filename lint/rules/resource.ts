import type { Field } from '../field.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { ScaledObject } from '../scaled-object.ts'
import type { Trigger } from '../trigger.ts'
import { isResource } from './metric-type.ts'

/** cpu and memory: what the value may be, what the pods must ask for, and that they wake nobody from zero. */
export const resource: Rule = {
  name: 'resource',
  text: {
    finds:
      'cpu and memory triggers: a value that is no percentage or quantity, a container without a request, nothing else that wakes from zero',
    keda: 'the webhook refuses an object whose containers ask for none of the resource (unless a LimitRange of the namespace does), and one of cpu and memory alone that may go to zero; the scaler refuses the value',
    source:
      'apis/keda/v1alpha1/scaledobject_webhook.go, verifyCPUMemoryScalers; pkg/scalers/cpu_memory_scaler.go, parseResourceMetadata',
    write:
      'value: "60" with metricType Utilization, resources.requests in the pod template, minReplicaCount: 1 or a trigger that counts events',
  },
  *check(object, { manifests }) {
    const triggers = object.triggers.filter(isResource)
    for (const trigger of triggers) {
      yield* wrongValue(trigger)
      const { value: container, at } = trigger.setting('containerName')
      if (container !== undefined && !LABEL.test(container))
        yield refused('autoscaler', at, `containerName is "${container}"`, 'write the name of a container')
    }
    const { target, spec, minReplicas, workload } = object
    const [first] = triggers
    // The webhook looks at no other kind of workload, and at none that is written in other letters.
    const kind = spec.get('scaleTargetRef', 'kind').text || 'Deployment'
    if (
      first === undefined ||
      target.apiVersion !== 'apps/v1' ||
      !['Deployment', 'StatefulSet'].includes(kind)
    )
      return
    const limited = manifests.ofKind('LimitRange').some(({ namespace }) => namespace === target.namespace)
    if (workload !== undefined && !limited) {
      for (const trigger of triggers)
        yield* withoutRequest(trigger, workload.root.get('spec', 'template', 'spec'), object)
    }
    if (object.triggers.every(isResource) && minReplicas === 0) {
      yield refused(
        'webhook',
        spec.get('minReplicaCount').present ? spec.get('minReplicaCount') : first.field,
        `${triggers.map(({ type }) => type).join(' and ')} alone, from zero`,
        'write minReplicaCount: 1, or add a trigger that counts events, such as kafka',
        'where nothing runs there is nothing to measure',
      )
    }
  },
}

function* wrongValue({ field, setting }: Trigger): Iterable<Complaint> {
  const { value, at } = setting('value')
  if (value === undefined) return
  const type = field.get('metricType').text
  const [least, most] = [1, 2 ** 31 - 1]
  if (type === 'Utilization') {
    if (!/^[-+]?\d+$/.test(value) || Math.abs(Number(value)) > most)
      yield refused('scaler', at, `value is "${value}"`, 'write a percentage of the request, such as "60"')
    else if (Number(value) < least)
      yield refused('autoscaler', at, `value is "${value}"`, 'write a percentage above 0')
  } else if (type === 'AverageValue') {
    if (!QUANTITY.test(value))
      yield refused('scaler', at, `value is "${value}"`, 'write a quantity, such as "500m" or "200Mi"')
    else if (/^-/.test(value) || !/[1-9]/.test(value))
      yield refused('autoscaler', at, `value is "${value}"`, 'write a quantity above 0')
  }
}

const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/** resource.ParseQuantity of Kubernetes. */
const QUANTITY = /^[-+]?(\d+(\.\d*)?|\.\d+)(|[numkMGTPE]|[KMGTPE]i|[eE][-+]?\d+)$/

function* withoutRequest(
  { type, setting, field }: Trigger,
  pod: Field,
  { target }: ScaledObject,
): Iterable<Complaint> {
  const { value: named } = setting('containerName')
  if (named === undefined && asksFor(pod.get('resources'), type)) return
  for (const container of pod.get('containers').items()) {
    const name = container.get('name').text
    if ((named !== undefined && named !== name) || asksFor(container.get('resources'), type)) continue
    yield refused(
      'webhook',
      field.get('type'),
      `container ${name} of ${target.kind} ${target.name} has no ${type} request`,
      `write resources.requests.${type} for it, or name another container: metadata.containerName`,
      'utilisation is a share of the request, and no LimitRange is among the manifests',
    )
    return
  }
}

function asksFor(resources: Field, type: string): boolean {
  return ['requests', 'limits'].some((key) => /[1-9]/.test(resources.get(key, type).text ?? ''))
}
