import { type KafkaTrigger, kafkaTriggers } from '../kafka-trigger.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import { FALSE } from '../trigger.ts'
import { withoutCredentials } from './aws.ts'

/** Values that are fine alone and refused together, or out of range. */
export const kafkaSettings: Rule = {
  name: 'kafka-settings',
  text: {
    finds: 'thresholds out of range, settings that exclude each other, SASL and TLS without what they need',
    keda: 'it makes no scaler: the ScaledObject is not Ready',
    source:
      'pkg/scalers/kafka_scaler.go, kafkaMetadata.Validate and parseKafkaMetadata; apache_kafka_scaler.go, apacheKafkaMetadata.Validate and parseApacheKafkaMetadata',
    write: 'one of the two settings; what SASL needs as parameters of a TriggerAuthentication',
  },
  *check(object) {
    for (const trigger of kafkaTriggers(object)) {
      yield* ranges(trigger)
      yield* exclusions(trigger)
      yield* (trigger.type === 'kafka' ? sarama : segmentio)(trigger)
    }
  },
}

function* ranges(trigger: KafkaTrigger): Iterable<Complaint> {
  const { lagThreshold, activationLagThreshold, setting, type } = trigger
  if (lagThreshold <= 0)
    yield refused(
      'scaler',
      setting('lagThreshold').at,
      `lagThreshold is ${lagThreshold}`,
      'write "1" or more',
    )
  if (activationLagThreshold < 0)
    yield refused(
      'scaler',
      setting('activationLagThreshold').at,
      `activationLagThreshold is ${activationLagThreshold}`,
      'write "0" or more',
    )
  const { value: partitions, at } = setting('partitionLimitation')
  if (type === 'kafka' && partitions !== undefined && !partitions.split(',').every(isPartitions))
    yield refused(
      'scaler',
      at,
      `partitionLimitation is "${partitions}"`,
      'write partitions and ranges of them: "1,3,5-8"',
    )
}

function isPartitions(part: string): boolean {
  return /^(\+?\d+|\+?\d+\s*-\s*\+?\d+)$/.test(part.trim())
}

function* exclusions(trigger: KafkaTrigger): Iterable<Complaint> {
  const { setting, flag, type } = trigger
  const even = type === 'kafka' ? (['ensureEvenDistributionOfPartitions'] as const) : []
  for (const [one, other] of [
    ['allowIdleConsumers', 'limitToPartitionsWithLag'] as const,
    ...even.map((each) => ['limitToPartitionsWithLag', each] as const),
  ]) {
    if (flag(one) && flag(other))
      yield refused('scaler', setting(other).at, `${one} and ${other} are both true`, 'keep one of them')
  }
  const topic = setting('topic')
  if (!topic.absent || topic.given) return
  for (const key of ['limitToPartitionsWithLag', ...even])
    if (flag(key)) yield refused('scaler', setting(key).at, `${key} without a topic`, 'name the topic')
  const full = setting('fullMetadata')
  if (type === 'kafka' && FALSE.has(full.value ?? ''))
    yield refused('scaler', full.at, 'fullMetadata false without a topic', 'name the topic')
}

/** The kafka scaler. */
function* sarama(trigger: KafkaTrigger): Iterable<Complaint> {
  const { setting } = trigger
  const { value: version, at: versionAt } = setting('version')
  if (version !== undefined && !/^(0\.\d+\.\d+\.\d+|[1-9]\d*\.\d+\.\d+)$/.test(version))
    yield refused('scaler', versionAt, `version is "${version}"`, 'write a Kafka version, such as "3.9.0"')
  if (setting('tls').value === 'enable') yield* pair(trigger)
  const { value: sasl, at } = setting('sasl')
  if (sasl === 'plaintext' || sasl?.startsWith('scram_'))
    yield* needs(trigger, sasl, ['username', 'password'])
  if (sasl === 'gssapi') {
    yield* needs(trigger, sasl, ['username', 'realm', 'kerberosConfig'])
    const keys = ['password', 'keytab', 'ccacheName']
    const given = keys.filter((key) => setting(key).value !== undefined)
    if (given.length > 1 || keys.every((key) => isAbsent(trigger, key)))
      yield refused(
        'scaler',
        at,
        `sasl gssapi with ${given.length === 0 ? 'none' : given.length} of ${keys.join(', ')}`,
        'give one of them, in the TriggerAuthentication',
      )
  }
  if (sasl !== 'oauthbearer') return
  if (setting('saslTokenProvider').value !== 'aws_msk_iam') {
    if (setting('saslTokenProvider').value === 'bearer' || isAbsent(trigger, 'saslTokenProvider'))
      yield* needs(trigger, sasl, ['username', 'password', 'oauthTokenEndpointUri'])
    const extensions = setting('oauthExtensions').value
    if (extensions?.split(',').some((each) => each.split('=').length !== 2))
      yield refused(
        'scaler',
        at,
        'oauthExtensions that are not key=value',
        'write key=value pairs with commas between them',
      )
    return
  }
  yield* needs(trigger, 'aws_msk_iam', ['awsRegion'])
  if (setting('tls').value !== 'enable' && (setting('tls').value !== undefined || isAbsent(trigger, 'tls')))
    yield refused('scaler', at, 'saslTokenProvider aws_msk_iam without TLS', 'write tls: enable')
  yield* withoutCredentials(trigger, at)
}

/** The apache-kafka scaler. */
function* segmentio(trigger: KafkaTrigger): Iterable<Complaint> {
  const { setting, metadata, authentication } = trigger
  for (const key of ['sasl', 'tls']) {
    if (metadata.get(key).text && authentication.values.get(key))
      yield refused(
        'scaler',
        metadata.get(key),
        `${key} here and in the TriggerAuthentication`,
        'write it in one of them',
      )
  }
  const tls = setting('tls').value === 'enable'
  if (tls) yield* pair(trigger)
  const { value: sasl, at } = setting('sasl')
  if (sasl === 'plaintext') yield* needs(trigger, sasl, ['username', 'password'])
  if (sasl === 'gssapi')
    yield refused(
      'scaler',
      at,
      'sasl gssapi',
      'use type: kafka, whose scaler knows it',
      'this scaler takes the word and has no client for it',
    )
  if (sasl !== 'aws_msk_iam') return
  yield* needs(trigger, sasl, ['awsRegion'])
  if (!tls && (setting('tls').value !== undefined || isAbsent(trigger, 'tls')))
    yield refused('scaler', at, 'sasl aws_msk_iam without TLS', 'write tls: enable')
  yield* withoutCredentials(trigger, at)
}

function* needs(trigger: KafkaTrigger, sasl: string, keys: readonly string[]): Iterable<Complaint> {
  for (const key of keys.filter((each) => isAbsent(trigger, each))) {
    const place =
      key === 'awsRegion'
        ? 'add it to the metadata'
        : `give it as parameter: ${key} of a TriggerAuthentication, named in authenticationRef`
    yield refused('scaler', trigger.setting('sasl').at, `sasl ${sasl} without ${key}`, place)
  }
}

function* pair(trigger: KafkaTrigger): Iterable<Complaint> {
  const { setting } = trigger
  for (const [one, other] of [
    ['cert', 'key'],
    ['key', 'cert'],
  ] as const)
    if (setting(one).value !== undefined && isAbsent(trigger, other))
      yield refused(
        'scaler',
        setting('tls').at,
        `${one} without ${other}`,
        'give both in the TriggerAuthentication, or none',
      )
}

function isAbsent({ setting }: KafkaTrigger, key: string): boolean {
  const { absent, given } = setting(key)
  return absent && !given
}
