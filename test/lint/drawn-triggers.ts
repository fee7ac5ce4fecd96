import type { Draw } from './draw.ts'
import type { DrawnTrigger } from './generated-case.ts'

type Drawn = (draw: Draw) => DrawnTrigger

const flag = (draw: Draw) => draw.one('true', 'false', '1', 'F')
const AUTH_MODES = ['basic', 'bearer', 'tls', 'apiKey', 'custom', 'oauth'] as const

const kafka =
  (type: 'kafka' | 'apache-kafka'): Drawn =>
  (draw) => {
    const sasl = draw.maybe(0.3, () =>
      draw.one('none', 'plaintext', 'scram_sha256', 'scram_sha512', ...own[type]),
    )
    const tls = draw.maybe(0.3, () => draw.one('enable', 'disable'))
    return {
      type,
      metadata: {
        bootstrapServers: '127.0.0.1:1',
        consumerGroup: 'group',
        topic: draw.maybe(0.85, () => draw.one('orders', 'orders,refunds')),
        lagThreshold: draw.maybe(0.8, () => draw.one('5', '50', '1')),
        activationLagThreshold: draw.maybe(0.3, () => draw.one('0', '3')),
        offsetResetPolicy: draw.maybe(0.8, () => draw.one('earliest', 'latest')),
        allowIdleConsumers: draw.maybe(0.15, () => flag(draw)),
        limitToPartitionsWithLag: draw.maybe(0.15, () => flag(draw)),
        ensureEvenDistributionOfPartitions: draw.maybe(0.1, () => flag(draw)),
        excludePersistentLag: draw.maybe(0.1, () => flag(draw)),
        partitionLimitation: draw.maybe(0.15, () =>
          draw.one('1,2', '1-3', '0,4-6', '3-', 'a', '1,,2', '2-4-6'),
        ),
        version:
          type === 'kafka'
            ? draw.maybe(0.15, () => draw.one('1.0.0', '3.9.0', '0.11.0.2', '3', '3.9', '2.x.1'))
            : undefined,
        fullMetadata: type === 'kafka' ? draw.maybe(0.1, () => flag(draw)) : undefined,
        sasl,
        saslTokenProvider:
          sasl === 'oauthbearer' ? draw.maybe(0.7, () => draw.one('bearer', 'aws_msk_iam')) : undefined,
        tls,
        awsRegion: draw.maybe(0.2, () => 'eu-west-1'),
        identityOwner: draw.maybe(0.15, () => draw.one('operator', 'pod', 'other')),
      },
      ...(sasl !== undefined && draw.chance(0.75) ? { auth: kafkaAuth(draw) } : {}),
      ...(draw.chance(0.05) ? { identity: 'aws' } : {}),
    }
  }

const own = {
  kafka: ['oauthbearer', 'gssapi'],
  'apache-kafka': ['aws_msk_iam', 'gssapi', 'aws_msk_iam'],
} as const

function kafkaAuth(draw: Draw): Record<string, string> {
  const given: Record<string, string> = {}
  const add = (share: number, key: string, value: string) => {
    if (draw.chance(share)) given[key] = value
  }
  add(0.8, 'username', 'reader')
  add(0.8, 'password', 'secret')
  add(0.3, 'realm', 'EXAMPLE.COM')
  add(0.3, 'kerberosConfig', '[libdefaults]')
  add(0.3, 'oauthTokenEndpointUri', 'http://127.0.0.1:1/token')
  add(0.1, 'oauthExtensions', draw.one('a=b', 'a'))
  add(0.2, 'awsRoleArn', 'arn:aws:iam::1:role/r')
  add(0.2, 'awsAccessKeyID', 'AKIA')
  add(0.2, 'awsSecretAccessKey', 'secret')
  if (Object.keys(given).length === 0) given.username = 'reader'
  return given
}

const prometheus: Drawn = (draw) => {
  const mode = draw.maybe(0.25, () => draw.one(...AUTH_MODES))
  return {
    type: 'prometheus',
    metadata: {
      serverAddress: 'http://127.0.0.1:1',
      query: 'sum(x)',
      threshold: draw.one('5', '0.5', '100', '1e2'),
      activationThreshold: draw.maybe(0.3, () => draw.one('0', '0.1')),
      ignoreNullValues: draw.maybe(0.2, () => flag(draw)),
      timeout: draw.maybe(0.2, () => draw.one('5s', '500', '1m30s', '-5s', 'soon')),
      customHeaders: draw.maybe(0.1, () => draw.one('A=b', 'A=b,C=d', 'A')),
      authModes: mode,
    },
    ...(mode !== undefined && draw.chance(0.8) ? { auth: httpAuth(draw, mode) } : {}),
  }
}

function httpAuth(draw: Draw, mode: (typeof AUTH_MODES)[number]): Record<string, string> {
  const all = {
    basic: { username: 'u', password: 'p' },
    bearer: { bearerToken: 't' },
    tls: { username: 'u' },
    apiKey: { apiKey: 'k' },
    custom: { customAuthHeader: 'h', customAuthValue: 'v' },
    oauth: { oauthTokenURI: 'http://127.0.0.1:1', clientID: 'i', clientSecret: 's' },
  }[mode]
  return Object.fromEntries(Object.entries(all).filter((_, i) => i === 0 || draw.chance(0.85)))
}

const cron: Drawn = (draw) => ({
  type: 'cron',
  metadata: {
    timezone: draw.one('Etc/UTC', 'Asia/Seoul'),
    start: draw.one(
      '0 8 * * *',
      '*/15 6-20 ? jan-mar mon,wed',
      '30 1 1 1 0',
      '0 8 * * MON-FRI',
      '1-5/2 * * * *',
    ),
    end: draw.one('0 18 * * *', '5 18 * * *'),
    desiredReplicas: draw.one('1', '3'),
  },
})

const resource =
  (type: 'cpu' | 'memory'): Drawn =>
  (draw) => {
    const metricType = draw.one('Utilization', 'Utilization', 'AverageValue')
    const value =
      metricType === 'Utilization' ? draw.one('60', '80', '+5') : draw.one('500m', '200Mi', '1', '0.5', '1e3')
    return {
      type,
      metricType,
      metadata: { value, containerName: draw.maybe(0.2, () => draw.one('app', 'none')) },
    }
  }

const rabbitmq: Drawn = (draw) => {
  const host = draw.one('amqp://127.0.0.1:1', 'http://127.0.0.1:1', 'http://127.0.0.1:1')
  const [mode, value, queueLength] = draw.one(
    ['QueueLength', '20', undefined],
    ['QueueLength', '20', undefined],
    ['MessageRate', '5', undefined],
    [undefined, undefined, '20'],
    [undefined, undefined, undefined],
  )
  return {
    type: 'rabbitmq',
    metadata: {
      queueName: 'queue',
      host,
      protocol: draw.maybe(0.2, () => draw.one('auto', 'http', 'amqp')),
      mode,
      value,
      queueLength,
      activationValue: draw.maybe(0.2, () => '1'),
      useRegex: draw.maybe(0.1, () => flag(draw)),
      excludeUnacknowledged: draw.maybe(0.1, () => flag(draw)),
      pageSize: draw.maybe(0.1, () => draw.one('50', '0')),
      timeout: draw.maybe(0.1, () => draw.one('5s', '1000')),
      vhostName: draw.maybe(0.1, () => '/'),
    },
    ...(draw.chance(0.15)
      ? { auth: draw.one({ username: 'u', password: 'p' }, { username: 'u' }, { password: 'p' }) }
      : {}),
  }
}

const sqs: Drawn = (draw) => {
  const owner = draw.one('operator', 'operator', 'pod', undefined)
  const auth = draw.maybe(0.4, () =>
    draw.one<Record<string, string>>(
      { awsRoleArn: 'arn:aws:iam::1:role/r' },
      { awsAccessKeyID: 'AKIA', awsSecretAccessKey: 's' },
      { awsAccessKeyId: 'AKIA', awsSecretAccessKey: 's' },
      { awsAccessKeyID: 'AKIA' },
      { awsSecretAccessKey: 's' },
    ),
  )
  return {
    type: 'aws-sqs-queue',
    metadata: {
      queueURL: draw.one(
        'https://sqs.eu-west-1.amazonaws.com/1/queue',
        'queue',
        'https://sqs.eu-west-1.amazonaws.com/queue',
        'https://sqs.eu-west-1.amazonaws.com/1/',
        '/1/queue',
        'sqs:queue',
      ),
      queueLength: draw.maybe(0.7, () => draw.one('5', '10')),
      awsRegion: 'eu-west-1',
      scaleOnInFlight: draw.maybe(0.2, () => flag(draw)),
      identityOwner: owner,
    },
    ...(auth === undefined ? {} : { auth }),
    ...(draw.chance(0.1) ? { identity: 'aws' } : {}),
  }
}

/** Each type of trigger that is drawn, as most people would write it. */
export const TRIGGERS = {
  prometheus,
  cron,
  cpu: resource('cpu'),
  memory: resource('memory'),
  'aws-sqs-queue': sqs,
  'apache-kafka': kafka('apache-kafka'),
  rabbitmq,
  kafka: kafka('kafka'),
} as const satisfies Record<string, Drawn>

export type DrawnType = keyof typeof TRIGGERS

/** Those whose scaler connects when it is made: what comes after one that can't is not looked at. */
export const CONNECTING: readonly DrawnType[] = ['rabbitmq', 'kafka']
