import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { objectText, scaledObjectText } from '../fixture/manifest-text.ts'
import { lintScaledObjects } from '../lint.ts'

type Trigger = Readonly<Record<string, unknown>>

const kafka = (metadata: object, more: object = {}): Trigger => ({
  type: 'kafka',
  metadata: {
    bootstrapServers: 'k.k.svc:9092',
    consumerGroup: 'g',
    topic: 't',
    offsetResetPolicy: 'earliest',
    ...metadata,
  },
  ...more,
})
const rabbit = (metadata: object): Trigger => ({
  type: 'rabbitmq',
  metadata: { queueName: 'q', host: 'http://r:15672', mode: 'QueueLength', value: '5', ...metadata },
})
const sqs = (metadata: object, more: object = {}): Trigger => ({
  type: 'aws-sqs-queue',
  metadata: { queueURL: 'q', awsRegion: 'eu-west-1', ...metadata },
  ...more,
})
const cpu = (metadata: object, more: object = {}): Trigger => ({
  type: 'cpu',
  metricType: 'Utilization',
  metadata: { value: '60', ...metadata },
  ...more,
})
const reference = { authenticationRef: { name: 'auth' } }
const authentication = (spec: object, name = 'auth') =>
  objectText('keda.sh/v1alpha1', 'TriggerAuthentication', name, { spec })
const parameters = (...names: string[]) =>
  authentication({ secretTargetRef: names.map((parameter) => ({ parameter, name: 's', key: parameter })) })
const deployment = (resources: object) =>
  objectText('apps/v1', 'Deployment', 'order-consumer', {
    spec: { template: { spec: { containers: [{ name: 'app', resources }] } } },
  })

/** Expected: `rule: words of what was found` of each error. */
type Case = readonly [
  says: string,
  trigger: Trigger,
  expected: readonly string[],
  others?: string,
  spec?: Readonly<Record<string, unknown>>,
]

const CASES: readonly Case[] = [
  [
    'SASL with what it needs',
    kafka({ sasl: 'plaintext' }, reference),
    [],
    parameters('username', 'password'),
  ],
  ['SASL that is given somewhere else', kafka({ sasl: 'plaintext' }, reference), []],
  [
    'SASL without anything',
    kafka({ sasl: 'plaintext' }),
    ['kafka-settings: without username', 'kafka-settings: without password'],
  ],
  [
    'SASL without a password',
    kafka({ sasl: 'plaintext' }, reference),
    ['kafka-settings: without password'],
    parameters('username'),
  ],
  [
    'a parameter that is misspelt',
    kafka({ sasl: 'plaintext' }, reference),
    ['kafka-settings: without username', 'authentication: usrname'],
    parameters('usrname', 'password'),
  ],
  [
    'an authentication of another name',
    kafka({}, reference),
    ['authentication: no TriggerAuthentication auth'],
    authentication({}, 'auht'),
  ],
  [
    'an authentication of the cluster',
    kafka({}, reference),
    ['authentication: no TriggerAuthentication auth'],
    objectText('keda.sh/v1alpha1', 'ClusterTriggerAuthentication', 'auth', { spec: {} }),
  ],
  [
    'a field of an authentication that does not exist',
    kafka({}, reference),
    ['authentication-object: secretRef is no field'],
    authentication({ secretRef: [] }),
  ],
  [
    'a role that KEDA would need',
    kafka({}, reference),
    ['authentication-object: externalID without roleArn'],
    authentication({ podIdentity: { provider: 'aws', externalID: 'x' } }),
  ],
  [
    'partitions that are none',
    kafka({ partitionLimitation: '1,x' }),
    ['kafka-settings: partitionLimitation'],
  ],
  ['a version that Kafka never had', kafka({ version: '3' }), ['kafka-settings: version']],
  [
    'all topics, and little metadata',
    kafka({ topic: undefined, fullMetadata: 'false' }),
    ['kafka-settings: fullMetadata'],
  ],

  ['a queue', rabbit({}), []],
  ['a host without a scheme', rabbit({ host: 'r:5672' }), ['rabbitmq: without a scheme']],
  ['a rate over AMQP', rabbit({ host: 'amqp://r', mode: 'MessageRate' }), ['rabbitmq: over AMQP']],
  ['a mode without a value', rabbit({ value: undefined }), ['rabbitmq: without value']],
  ['a value without a mode', rabbit({ mode: undefined }), ['rabbitmq: value without mode']],
  ['the old setting beside the new ones', rabbit({ queueLength: '5' }), ['rabbitmq: queueLength beside']],
  ['a mode that does not exist', rabbit({ mode: 'Length' }), ['rabbitmq: mode is "Length"']],
  ['a threshold below nothing', rabbit({ value: '-5' }), ['target-value: value -5']],

  ['a queue of the operator', sqs({ identityOwner: 'operator' }), []],
  ['a queue without credentials', sqs({}), ['aws: no AWS credentials']],
  ['a queue with an identity', sqs({}, reference), [], authentication({ podIdentity: { provider: 'aws' } })],
  [
    'half of the credentials',
    sqs({}, reference),
    ['aws: without awsSecretAccessKey'],
    parameters('awsAccessKeyID'),
  ],
  [
    'a URL that names no queue',
    sqs({ identityOwner: 'operator', queueURL: 'https://sqs.eu/1' }),
    ['aws: queueURL'],
  ],
  [
    'no region',
    sqs({ identityOwner: 'operator', awsRegion: undefined }),
    ['trigger-value: awsRegion is missing'],
  ],

  [
    'a share of what is asked for',
    cpu({}),
    [],
    deployment({ requests: { cpu: '100m' } }),
    { minReplicaCount: 1 },
  ],
  ['a share of nothing', cpu({}), ['resource: has no cpu request'], deployment({}), { minReplicaCount: 1 }],
  [
    'a share of what the namespace asks for',
    cpu({}),
    [],
    deployment({}) + objectText('v1', 'LimitRange', 'l'),
    { minReplicaCount: 1 },
  ],
  [
    'a quantity in the place of a share',
    cpu({ value: '500m' }),
    ['resource: value is "500m"'],
    '',
    { minReplicaCount: 1 },
  ],
  [
    'a type that was removed',
    cpu({ type: 'Utilization' }),
    ['trigger-value: type is no setting any more'],
    '',
    { minReplicaCount: 1 },
  ],
  [
    'no metric type',
    cpu({}, { metricType: undefined }),
    ['metric-type: without metricType'],
    '',
    { minReplicaCount: 1 },
  ],

  [
    'basic authentication without anybody',
    {
      type: 'prometheus',
      metadata: { serverAddress: 'http://p', query: 'q', threshold: '1', authModes: 'basic' },
    },
    ['auth-modes: basic without username'],
  ],
  [
    'two ways at once',
    {
      type: 'prometheus',
      metadata: { serverAddress: 'http://p', query: 'q', threshold: '1', authModes: 'basic,bearer' },
      ...reference,
    },
    ['trigger-value: authModes'],
  ],
]

describe('what the scalers refuse', () => {
  for (const [says, trigger, expected, others = '', spec = {}] of CASES)
    it(says, () => {
      const text = scaledObjectText({ triggers: [trigger], spec }) + others
      const { findings } = lintScaledObjects([{ file: 'so.yaml', text }])
      const errors = findings
        .filter(({ severity }) => severity === 'error')
        .map(({ rule, found }) => `${rule}: ${found}`)
      assert.equal(errors.length, expected.length, errors.join('; '))
      for (const each of expected) {
        const [rule = '', words = ''] = each.split(': ')
        assert.ok(
          errors.some((error) => error.startsWith(`${rule}: `) && error.includes(words)),
          `${each} in ${errors.join('; ')}`,
        )
      }
    })

  it('is said to be refused by them', () => {
    const { findings } = lintScaledObjects([
      { file: 'so.yaml', text: scaledObjectText({ triggers: [rabbit({ mode: 'x' })] }) },
    ])
    assert.deepEqual(
      findings.map(({ refusedBy }) => refusedBy),
      ['scaler'],
    )
  })
})
