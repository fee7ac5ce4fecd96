import type { Draw } from './draw.ts'
import type { Fields } from './generated-case.ts'
import { Plain } from './yaml-text.ts'

/** A ScaledObject without its triggers. */
export interface DrawnObject {
  readonly spec: Fields
  readonly metadata: Fields
  /** The name of the workload that is there. */
  readonly target: string
}

/** Something that people get wrong beside the triggers. */
export type SpecFault = (object: DrawnObject, draw: Draw) => void

const behavior =
  (behavior: Fields): SpecFault =>
  ({ spec }) => {
    spec.advanced = { horizontalPodAutoscalerConfig: { behavior } }
  }
const policy = (fields: Fields): Fields => ({
  scaleDown: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60, ...fields }] },
})

export const SPEC_FAULTS: Readonly<Record<string, SpecFault>> = {
  'a count of another kind': ({ spec }, draw) => {
    const key = draw.one(
      'minReplicaCount',
      'maxReplicaCount',
      'pollingInterval',
      'cooldownPeriod',
      'idleReplicaCount',
      'initialCooldownPeriod',
    )
    spec[key] = draw.one<number | string | boolean | null | Plain>(
      -1,
      0,
      1.5,
      '3',
      true,
      null,
      new Plain('010'),
      new Plain('1_0'),
      3_000_000_000,
      new Plain('1.0'),
      new Plain('0x10'),
      new Plain('~'),
    )
  },
  'bounds that contradict each other': ({ spec }, draw) => {
    spec.minReplicaCount = draw.one(5, 101, 200)
    spec.maxReplicaCount = draw.maybe(0.5, () => 3)
  },
  'an idle count': ({ spec }, draw) => {
    spec.idleReplicaCount = draw.one(0, 1, 2)
    spec.minReplicaCount = draw.maybe(0.7, () => draw.one(0, 1, 2))
  },
  'a field that does not exist': ({ spec }, draw) => {
    spec[draw.one('minReplicas', 'behavior', 'formula', 'colour')] = draw.one<Fields[string]>(1, 'a', {
      a: 1,
    })
  },
  'a field below advanced that does not exist': ({ spec }, draw) => {
    spec.advanced = draw.one<Fields>(
      { behavior: { scaleDown: {} } },
      { horizontalPodAutoscaler: {} },
      { horizontalPodAutoscalerConfig: { behaviour: {} } },
      { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { window: 1 } } } },
    )
  },
  'advanced of another kind': ({ spec }, draw) => {
    spec.advanced = draw.one<Fields[string]>(
      'yes',
      [],
      null,
      { restoreToOriginalReplicaCount: 'true' },
      { horizontalPodAutoscalerConfig: 1 },
      { restoreToOriginalReplicaCount: new Plain('yes') },
    )
  },
  'a behavior': (object, draw) => {
    draw.one(
      behavior({ scaleDown: { stabilizationWindowSeconds: draw.one(0, 300, 3600, 3601, -1) } }),
      behavior(policy({ type: draw.one('Pods', 'Percent', 'Absolute', 'pods') })),
      behavior(policy({ value: draw.one(1, 0, -1) })),
      behavior(policy({ periodSeconds: draw.one(1, 1800, 1801, 0, undefined) })),
      behavior({ scaleUp: { selectPolicy: draw.one('Max', 'Min', 'Disabled', 'max', 'All') } }),
      behavior({ scaleUp: { policies: [] } }),
      behavior({ scaleDown: { tolerance: draw.one<string | number>('0.1', '10%', 1, '-1', 'x') } }),
    )(object, draw)
  },
  'a name of the autoscaler': ({ spec, metadata }, draw) => {
    const name = draw.one(
      `${metadata.name}-`.padEnd(63, 'x'),
      `${metadata.name}-`.padEnd(64, 'x'),
      `Upper-${metadata.name}`,
      '',
    )
    spec.advanced = { horizontalPodAutoscalerConfig: { name } }
  },
  'a long name': ({ metadata }, draw) => {
    metadata.name = `${metadata.name}-`.padEnd(draw.one(54, 55, 63, 64), 'x')
  },
  'a fallback': ({ spec }, draw) => {
    spec.fallback = draw.one<Fields[string]>(
      { failureThreshold: 3, replicas: 2 },
      {
        failureThreshold: 3,
        replicas: 2,
        behavior: draw.one('static', 'currentReplicas', 'scalingModifiers', 'current'),
      },
      { replicas: 2 },
      { failureThreshold: -1, replicas: 2 },
      { failureThreshold: '3', replicas: 2 },
      {},
    )
  },
  'a target of another kind': ({ spec, target }, draw) => {
    spec.scaleTargetRef = {
      name: target,
      kind: draw.one('Deploymnet', 'deployment', 'Job'),
      apiVersion: draw.maybe(0.3, () => draw.one('apps/v1', 'a/b/c')),
    }
  },
  'no target': ({ spec }, draw) => {
    spec.scaleTargetRef = draw.one<Fields[string]>(
      undefined,
      {},
      { name: '' },
      { name: 5 },
      { deploymentName: 'x' },
    )
  },
  'no triggers': ({ spec }, draw) => {
    spec.triggers = draw.one<Fields[string]>(undefined, [], {}, null, ['kafka'])
  },
  'annotations and labels': ({ metadata }, draw) => {
    metadata[draw.one('annotations', 'labels')] = {
      a: draw.one<Fields[string]>('b', true, 5, null, new Plain('on')),
    }
  },
  'a field of metadata that does not exist': ({ metadata }) => {
    metadata.lables = { a: 'b' }
  },
  'scaling modifiers': ({ spec }, draw) => {
    spec.advanced = { scalingModifiers: modifiers(draw) }
  },
}

/** Formulas speak of the triggers `one` and `two`. */
function modifiers(draw: Draw): Fields {
  return {
    formula: draw.maybe(0.9, () =>
      draw.one(
        ...([
          'one',
          'one * 2',
          '(one + two) / 2',
          'max(one, two)',
          'one > 5 ? one : two',
          'one ?? two',
          'float(one)',
        ] as const),
        ...([
          'one +',
          'three',
          'one-two',
          'on-e',
          'one && two',
          'one % 2',
          'int(one) % 2',
          'one > 5',
          'foo(one)',
          '"a" + one',
        ] as const),
        ...([
          'let x = one; x * 2',
          'max([one, two])',
          'one.a',
          'one[0]',
          'not (one > 2) ? 1 : 0',
          'one > 1 and two < 3 ? 1 : 2',
        ] as const),
        ...([
          '1 < one < 3 ? 1 : 2',
          'count([one, two], # > 1)',
          'sum([one, two])',
          'one | abs()',
          'round(one / 3)',
          '-one',
          'one ** 2',
        ] as const),
        ...([
          'if one > 1 { one } else { two }',
          'one ? 1 : 2',
          'abs()',
          'one two',
          '(one',
          'one == nil ? 0 : one',
          'one in [1, 2] ? 1 : 0',
        ] as const),
        ...([
          'median([one, two])',
          'ceil("a")',
          '1..3',
          'one ?? two + 1',
          '(one ?? two) + 1',
          'max()',
          '#',
          'one; two',
          "'5'",
        ] as const),
      ),
    ),
    target: draw.maybe(0.9, () => draw.one<string | number>('5', '5', '5', '0.5', '0', '-1', 'five', 5)),
    activationTarget: draw.maybe(0.2, () => draw.one('1', 'x')),
    metricType: draw.maybe(0.2, () => draw.one('AverageValue', 'Value', 'Utilization')),
  }
}
