import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Edit, objectText, scaledObjectText } from '../fixture/manifest-text.ts'
import { lintScaledObjects } from '../lint.ts'

const CRON = { timezone: 'Asia/Seoul', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '2' }
const METRIC = { serverAddress: 'http://prometheus:9090', query: 'up', threshold: '100' }
const HPA = {
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'order-consumer' } },
}
const deployment = (name = 'order-consumer', metadata: object = {}) =>
  objectText('apps/v1', 'Deployment', name, { metadata })

function cron(metadata: object): Edit {
  return { triggers: [{ type: 'cron', metadata: { ...CRON, ...metadata } }] }
}

function metric(metadata: object): Edit {
  return { triggers: [{ type: 'prometheus', metadata: { ...METRIC, ...metadata } }] }
}

type Case = readonly [says: string, edit: Edit, expected: string, others?: string]

const CASES: readonly Case[] = [
  ['an unknown field of the spec', { spec: { minReplicas: 0 } }, 'error spec-field'],
  ['a number as text', { spec: { pollingInterval: '15' } }, 'error spec-field'],
  ['an interval of nothing', { spec: { pollingInterval: 0 } }, 'error spec-field'],
  ['no target', { spec: { scaleTargetRef: {} } }, 'error spec-field'],
  ['no triggers', { triggers: [] }, 'error spec-field'],
  ['a minimum above the maximum', { spec: { minReplicaCount: 21 } }, 'error replica-bounds'],
  ['an idle count that is not below the minimum', { spec: { idleReplicaCount: 0 } }, 'error replica-bounds'],

  ['a bare number in metadata', { metadata: { lagThreshold: 50 } }, 'error metadata-text'],
  ['a bare truth value in metadata', { metadata: { allowIdleConsumers: true } }, 'error metadata-text'],
  ['a misspelt key', { metadata: { activationLagTreshold: '5' } }, 'error trigger-key'],
  ['a key of another world', { metadata: { colour: 'green' } }, 'warning trigger-key'],
  ['an environment where none is read', { metadata: { lagThresholdFromEnv: 'LAG' } }, 'error trigger-key'],
  ['a policy that does not exist', { metadata: { offsetResetPolicy: 'newest' } }, 'error trigger-value'],
  ['a threshold in words', { metadata: { lagThreshold: 'fifty' } }, 'error trigger-value'],
  ['a truth value in words', { metadata: { allowIdleConsumers: 'yes' } }, 'error trigger-value'],
  ['no group', { metadata: { consumerGroup: undefined } }, 'error trigger-value'],
  ['utilisation of a lag', { trigger: { metricType: 'Utilization' } }, 'error metric-type'],
  [
    'a scaler that does not exist',
    { triggers: [{ type: 'rabitmq', metadata: { a: 'b' } }] },
    'error trigger-type',
  ],
  [
    'a scaler that hands on all metadata',
    { triggers: [{ type: 'external', metadata: { scalerAddress: 's:1', a: 'b' } }] },
    '',
  ],

  ['a schedule', cron({}), ''],
  ['a schedule of names and steps', cron({ start: '*/15 6-20 ? jan-mar mon,wed' }), ''],
  ['a schedule of six fields', cron({ start: '0 0 8 * * *' }), 'error cron'],
  ['days that run backwards', cron({ start: '0 8 * * 5-1' }), 'error cron'],
  ['an hour that no day has', cron({ end: '0 24 * * *' }), 'error cron'],
  ['an end at the start', cron({ end: '0 8 * * *' }), 'error cron'],
  ['a timezone that does not exist', cron({ timezone: 'Asia/Soul' }), 'error cron'],
  ['no timezone', cron({ timezone: undefined }), 'error trigger-value'],
  ['no replicas', cron({ desiredReplicas: '0' }), 'error cron'],
  ['more replicas than allowed', cron({ desiredReplicas: '30' }), 'warning cron'],

  ['a metric', metric({}), ''],
  ['no server', metric({ serverAddress: undefined }), 'error trigger-value'],
  ['no threshold', metric({ threshold: undefined }), 'error trigger-value'],
  ['a server without a scheme', metric({ serverAddress: 'prometheus:9090' }), 'error prometheus'],
  ['a threshold of 0', metric({ threshold: '0' }), 'error target-value'],
  ['an activation as high as the threshold', metric({ activationThreshold: '100' }), 'warning prometheus'],

  ['a pause', { annotations: { 'autoscaling.keda.sh/paused': 'true' } }, 'error paused'],
  ['a pause that is off', { annotations: { 'autoscaling.keda.sh/paused': 'false' } }, ''],
  ['a pause of any other word', { annotations: { 'autoscaling.keda.sh/paused': 'off' } }, 'error paused'],
  [
    'replicas that are fixed',
    { annotations: { 'autoscaling.keda.sh/paused-replicas': '0' } },
    'error paused',
  ],
  [
    'a forced activation',
    { annotations: { 'autoscaling.keda.sh/force-activation': 'true' } },
    'warning paused',
  ],

  ['its target', {}, '', deployment()],
  ['a misspelt target', {}, 'error target-missing', deployment('order-consumers')],
  ['another team’s workload', {}, 'warning target-missing', deployment('billing')],
  [
    'a target of another kind',
    {},
    'error target-missing',
    objectText('apps/v1', 'StatefulSet', 'order-consumer'),
  ],
  [
    'an autoscaler by hand',
    {},
    'error other-autoscaler',
    objectText('autoscaling/v2', 'HorizontalPodAutoscaler', 'by-hand', HPA),
  ],
  [
    'an autoscaler that is handed over',
    {
      annotations: { 'scaledobject.keda.sh/transfer-hpa-ownership': 'true' },
      spec: { advanced: { horizontalPodAutoscalerConfig: { name: 'by-hand' } } },
    },
    '',
    objectText('autoscaling/v2', 'HorizontalPodAutoscaler', 'by-hand', HPA),
  ],
  [
    'the autoscaler that KEDA made',
    {},
    '',
    objectText('autoscaling/v2', 'HorizontalPodAutoscaler', 'keda-hpa-order-consumer-scaler', {
      ...HPA,
      metadata: { ownerReferences: [{ kind: 'ScaledObject', name: 'order-consumer-scaler' }] },
    }),
  ],
  ['a second ScaledObject', {}, 'error second-scaled-object', scaledObjectText({}, 'another')],
  [
    'a second ScaledObject of another kind',
    {},
    '',
    scaledObjectText(
      { spec: { scaleTargetRef: { kind: 'StatefulSet', name: 'order-consumer' } } },
      'another',
    ),
  ],
  [
    'a bare name of a Service of another namespace',
    { metadata: { bootstrapServers: 'kafka:9092' } },
    'warning bootstrap-servers',
    objectText('v1', 'Service', 'kafka'),
  ],
  ['the same one twice', {}, 'error second-scaled-object', scaledObjectText()],
  [
    'a Deployment of Knative',
    {},
    'error knative',
    deployment('order-consumer', { labels: { 'serving.knative.dev/service': 'x' } }),
  ],
  [
    'a Knative Service of the same name',
    {},
    'warning knative',
    objectText('serving.knative.dev/v1', 'Service', 'order-consumer'),
  ],
  [
    'a revision of a Knative Service',
    { spec: { scaleTargetRef: { name: 'web-00001-deployment' } } },
    'error knative',
    objectText('serving.knative.dev/v1', 'Service', 'web'),
  ],
]

describe('what a ScaledObject can get wrong beside its lag', () => {
  for (const [says, edit, expected, others = ''] of CASES) {
    it(says, () => {
      const { findings } = lintScaledObjects([{ file: 'so.yaml', text: scaledObjectText(edit) + others }])
      assert.equal(findings.map(({ severity, rule }) => `${severity} ${rule}`).join(' '), expected)
    })
  }
})
