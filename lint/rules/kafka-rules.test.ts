import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LintContext } from '../context.ts'
import { type Edit, objectText, scaledObjectText } from '../fixture/manifest-text.ts'
import { lintScaledObjects } from '../lint.ts'
import { FULFILLMENT } from '../twins.ts'

const consumer = FULFILLMENT.consumers?.fulfillment ?? assert.fail('the fixture declares it')
const group = consumer.group
const allCommitted: LintContext = {
  ...FULFILLMENT,
  observed: { committed: { [group]: { 'order-events': 20 } } },
}
const noneCommitted: LintContext = { ...FULFILLMENT, observed: { committed: { [group]: {} } } }

function observed(topic: object, base: LintContext = FULFILLMENT): LintContext {
  return { ...base, observed: { ...base.observed, topics: { 'order-events': { partitions: 20, ...topic } } } }
}

function expired(events: number, keda: string): LintContext {
  return { ...observed({ expired: events }, noneCommitted), keda }
}

function declaring(changes: Partial<typeof consumer>): LintContext {
  return {
    ...FULFILLMENT,
    consumers: { fulfillment: { ...consumer, ...changes } },
  }
}

const KAFKA = {
  type: 'kafka',
  metadata: {
    bootstrapServers: 'kafka.kafka.svc:9092',
    consumerGroup: group,
    topic: 'order-events',
    lagThreshold: '50',
    offsetResetPolicy: 'earliest',
  },
}
const SCHEDULE = {
  type: 'cron',
  metadata: { timezone: 'Asia/Seoul', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '2' },
}

function scaleInAfter(stabilizationWindowSeconds: number) {
  const behavior = { scaleDown: { stabilizationWindowSeconds } }
  return { advanced: { horizontalPodAutoscalerConfig: { behavior } } }
}

type Case = readonly [says: string, edit: Edit, expected: string, context?: LintContext]

/** Expected: `severity rule` of each finding, in the order of the lines. */
const CASES: readonly Case[] = [
  ['nothing to find', {}, ''],
  ['nothing declared, nothing to compare with', { metadata: { consumerGroup: 'any' } }, '', {}],

  [
    'a group that is one letter off',
    { metadata: { consumerGroup: 'order-fulfilment-group' } },
    'error consumer-group',
  ],
  ['another group in the declared workload', { metadata: { consumerGroup: 'x' } }, 'error consumer-group'],
  [
    'a group that nobody declares, in a workload that nobody declares',
    { metadata: { consumerGroup: 'billing', topic: 'bills' } },
    'warning consumer-group',
    { consumers: FULFILLMENT.consumers ?? {} },
  ],
  ['another topic', { metadata: { topic: 'order-event' } }, 'error topic'],
  ['a group that was seen', {}, '', { observed: { groups: { [group]: ['order-events'] } } }],
  ['a group that nobody saw', {}, 'warning consumer-group', { observed: { groups: { billing: ['bills'] } } }],
  [
    'a topic that its group does not read',
    {},
    'error topic',
    { observed: { groups: { [group]: ['orders'] } } },
  ],
  ['a retry topic', { metadata: { topic: 'order-retry' } }, '', declaring({ otherTopics: ['order-retry'] })],
  ['no topic', { metadata: { topic: undefined } }, 'warning topic'],
  [
    'no topic, asked of members that are not there',
    { metadata: { topic: undefined }, trigger: { type: 'apache-kafka' } },
    'error topic',
  ],

  ['latest', { metadata: { offsetResetPolicy: 'latest' } }, 'error offset-reset-policy'],
  ['no policy', { metadata: { offsetResetPolicy: undefined } }, 'error offset-reset-policy'],
  [
    'latest, all committed',
    { metadata: { offsetResetPolicy: 'latest' } },
    'warning offset-reset-policy',
    allCommitted,
  ],
  [
    'latest, seen without commits',
    { metadata: { offsetResetPolicy: 'latest' } },
    'error offset-reset-policy',
    noneCommitted,
  ],
  [
    'latest, never at zero',
    { metadata: { offsetResetPolicy: 'latest' }, spec: { minReplicaCount: 1 } },
    'warning offset-reset-policy',
    declaring({ scaleToZero: false }),
  ],
  [
    'zero on an invalid offset',
    { metadata: { scaleToZeroOnInvalidOffset: 'T' } },
    'error zero-on-invalid-offset',
  ],
  ['not zero on an invalid offset', { metadata: { scaleToZeroOnInvalidOffset: 'false' } }, ''],
  ['expired events, no commits', {}, 'error expired-backlog', expired(6, '2.20.2')],
  ['few expired events', {}, 'warning expired-backlog', expired(5, '2.9.3')],
  ['expired events, KEDA unknown', {}, 'warning expired-backlog', observed({ expired: 6 }, noneCommitted)],
  ['expired events, KEDA that subtracts them', {}, '', expired(6, 'v2.21.0')],
  ['expired events, all committed', {}, '', observed({ expired: 6 }, allCommitted)],

  ['activation at what must wake', { metadata: { activationLagThreshold: '6' } }, 'error activation'],
  ['activation one below', { metadata: { activationLagThreshold: '5' } }, ''],
  ['activation for a load', { metadata: { activationLagThreshold: '50' } }, 'warning activation', {}],
  ['activation 1', { metadata: { activationLagThreshold: '1' } }, 'warning activation', {}],
  ['activation 0', { metadata: { activationLagThreshold: '0' } }, ''],
  [
    'activation 1, never at zero',
    { metadata: { activationLagThreshold: '1' }, spec: { minReplicaCount: 1 } },
    '',
    {},
  ],
  ['a value that is not divided', { trigger: { metricType: 'Value' } }, 'warning metric-type'],

  ['a cap above the partitions', { spec: { maxReplicaCount: 21 } }, 'warning cap-above-partitions'],
  ['the default cap of 100', { spec: { maxReplicaCount: undefined } }, 'warning cap-above-partitions'],
  [
    'a cap above the partitions, and a metric that knows none',
    {
      spec: {
        maxReplicaCount: 21,
        triggers: [
          KAFKA,
          { type: 'prometheus', metadata: { serverAddress: 'http://p:9090', query: 'up', threshold: '5' } },
        ],
      },
    },
    'error cap-above-partitions',
  ],
  [
    'a cap above the partitions, and a schedule that asks for few',
    { spec: { maxReplicaCount: 21, triggers: [KAFKA, SCHEDULE] } },
    'warning cap-above-partitions',
  ],
  [
    'a minimum above the partitions',
    { spec: { maxReplicaCount: 21, minReplicaCount: 21, idleReplicaCount: 0 } },
    'error cap-above-partitions',
  ],
  ['a cap above partitions that nobody knows', { spec: { maxReplicaCount: 500 } }, '', {}],
  [
    'idle consumers that are meant',
    { spec: { maxReplicaCount: 40 }, metadata: { allowIdleConsumers: 'true' } },
    '',
  ],
  [
    'a cap that follows the lag',
    { spec: { maxReplicaCount: 40 }, metadata: { limitToPartitionsWithLag: 'true' } },
    '',
  ],
  ['partitions as observed', { spec: { maxReplicaCount: 40 } }, '', observed({ partitions: 40 })],

  ['a cooldown below the work', { spec: { cooldownPeriod: 44 } }, 'warning cooldown'],
  ['a cooldown as long as the work', { spec: { cooldownPeriod: 45 } }, ''],
  ['the default cooldown below the work', {}, 'warning cooldown', declaring({ longestWork: 301_000 })],
  [
    'a cooldown that nothing uses',
    { spec: { cooldownPeriod: 60, minReplicaCount: 1 } },
    'warning cooldown',
    {},
  ],
  ['transaction markers', {}, 'warning transaction-markers', observed({ transactional: true })],
  [
    'markers below the activation',
    { metadata: { activationLagThreshold: '20' } },
    '',
    observed({ transactional: true }, declaring({ wakesAt: 21 })),
  ],
  [
    'slow work taken for a poison record',
    { metadata: { excludePersistentLag: 'true' } },
    'warning persistent-lag',
  ],
  ['nothing that puts poison records aside', {}, 'warning persistent-lag', declaring({ deadLetters: false })],
  ['a dead-letter topic', {}, '', declaring({ deadLetters: true })],
  [
    'a poll longer than the work',
    { metadata: { excludePersistentLag: 'true' }, spec: { pollingInterval: 60 } },
    '',
  ],
  ['no window for scale-in', { spec: scaleInAfter(0) }, 'warning scale-in-window'],
  ['a window that ends before the next look', { spec: scaleInAfter(10) }, 'warning scale-in-window'],
  ['a short window', { spec: scaleInAfter(30) }, ''],

  ['a scheme', { metadata: { bootstrapServers: 'kafka://kafka.kafka.svc:9092' } }, 'error bootstrap-servers'],
  ['no port', { metadata: { bootstrapServers: 'kafka.kafka.svc' } }, 'error bootstrap-servers'],
  [
    'a port that is none',
    { metadata: { bootstrapServers: 'kafka.kafka.svc:99999' } },
    'error bootstrap-servers',
  ],
  ['loopback', { metadata: { bootstrapServers: 'localhost:9092' } }, 'warning bootstrap-servers'],
  ['a bare name', { metadata: { bootstrapServers: 'kafka:9092' } }, ''],
  ['several servers', { metadata: { bootstrapServers: 'b0.kafka.svc:9092, b1.kafka.svc:9092' } }, ''],

  [
    'a threshold of nothing',
    { metadata: { lagThreshold: '0', activationLagThreshold: '0' } },
    'error kafka-settings warning activation',
  ],
  ['a negative activation', { metadata: { activationLagThreshold: '-1' } }, 'error kafka-settings'],
  [
    'idle and limited',
    { metadata: { allowIdleConsumers: 'true', limitToPartitionsWithLag: 'true' } },
    'error kafka-settings',
  ],
  [
    'limited to no topic',
    { metadata: { topic: undefined, limitToPartitionsWithLag: '1' } },
    'warning topic error kafka-settings',
  ],
  ['never at zero where zero is claimed', { spec: { minReplicaCount: 1 } }, 'error never-zero'],
  ['from zero straight to two', { spec: { minReplicaCount: 2, idleReplicaCount: 0 } }, ''],
  ['fallback to nothing', { spec: { fallback: { failureThreshold: 3, replicas: 0 } } }, 'warning fallback'],
  ['fallback to all', { spec: { fallback: { failureThreshold: 3, replicas: 20 } } }, 'warning fallback'],
  ['fallback to some', { spec: { fallback: { failureThreshold: 3, replicas: 4 } } }, ''],
]

describe('what a Kafka trigger can get wrong', () => {
  for (const [says, edit, expected, context = FULFILLMENT] of CASES) {
    it(says, () => {
      const { findings } = lintScaledObjects([{ file: 'so.yaml', text: scaledObjectText(edit) }], context)
      assert.equal(findings.map(({ severity, rule }) => `${severity} ${rule}`).join(' '), expected)
    })
  }

  it('reads settings from the environment of the workload, where the manifests tell it', () => {
    const env = [
      { name: 'GROUP', value: 'order-fulfilment' },
      { name: 'TOPIC', valueFrom: { configMapKeyRef: { name: 'kafka', key: 'topic' } } },
    ]
    const text =
      scaledObjectText({
        metadata: {
          consumerGroup: undefined,
          consumerGroupFromEnv: 'GROUP',
          topic: undefined,
          topicFromEnv: 'TOPIC',
        },
      }) +
      objectText('apps/v1', 'Deployment', 'order-consumer', {
        spec: { template: { spec: { terminationGracePeriodSeconds: 60, containers: [{ name: 'c', env }] } } },
      })
    const { findings } = lintScaledObjects([{ file: 'so.yaml', text }], FULFILLMENT)
    assert.deepEqual(
      findings.map(({ rule, found }) => [rule, found.includes('order-fulfilment')]),
      [['consumer-group', true]],
    )
  })

  it('compares the grace period of the pods with the longest work', () => {
    const text =
      scaledObjectText() +
      objectText('apps/v1', 'Deployment', 'order-consumer', { spec: { template: { spec: {} } } })
    const { findings } = lintScaledObjects([{ file: 'so.yaml', text }], FULFILLMENT)
    assert.deepEqual(
      findings.map(({ rule, fix }) => [rule, fix.includes('terminationGracePeriodSeconds: 45')]),
      [['grace-period', true]],
    )
  })

  it('takes the partitions from a KafkaTopic among the manifests', () => {
    const topic = objectText('kafka.strimzi.io/v1', 'KafkaTopic', 'order-events', { spec: { partitions: 4 } })
    const { findings } = lintScaledObjects([{ file: 'so.yaml', text: scaledObjectText() + topic }])
    assert.deepEqual(
      findings.map(({ rule, found }) => `${rule}: ${found}`),
      ['cap-above-partitions: maxReplicaCount 20, for 4 partitions'],
    )
  })
})
