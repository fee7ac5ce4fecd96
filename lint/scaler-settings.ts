/** What KEDA 2.21 reads from a trigger's metadata, by the `keda:"…"` tags in pkg/scalers. */
export type SettingKind = 'text' | 'whole' | 'number' | 'flag' | readonly string[]

export interface SettingRule {
  readonly kind: SettingKind
  /** KEDA refuses a trigger without it. */
  readonly required?: true
  /** May come from the workload's environment as `<name>FromEnv`. */
  readonly fromEnv?: true
}

export type ScalerSettings = Readonly<Record<string, SettingRule>>

const text: SettingRule = { kind: 'text' }
const whole: SettingRule = { kind: 'whole' }
const flag: SettingRule = { kind: 'flag' }

const COMMON_KAFKA: ScalerSettings = {
  bootstrapServers: { kind: 'text', required: true, fromEnv: true },
  consumerGroup: { kind: 'text', required: true, fromEnv: true },
  topic: { kind: 'text', fromEnv: true },
  partitionLimitation: text,
  lagThreshold: whole,
  activationLagThreshold: whole,
  offsetResetPolicy: { kind: ['earliest', 'latest'] },
  allowIdleConsumers: flag,
  excludePersistentLag: flag,
  scaleToZeroOnInvalidOffset: flag,
  limitToPartitionsWithLag: flag,
  ensureEvenDistributionOfPartitions: flag,
  tls: { kind: ['enable', 'disable'] },
  awsRegion: text,
}

const kafka: ScalerSettings = {
  ...COMMON_KAFKA,
  version: text,
  fullMetadata: flag,
  unsafeSsl: flag,
  sasl: { kind: ['none', 'plaintext', 'scram_sha256', 'scram_sha512', 'oauthbearer', 'gssapi'] },
  saslTokenProvider: { kind: ['bearer', 'aws_msk_iam'] },
}

const apacheKafka: ScalerSettings = {
  ...COMMON_KAFKA,
  sasl: { kind: ['none', 'plaintext', 'scram_sha256', 'scram_sha512', 'gssapi', 'aws_msk_iam'] },
}

const cron: ScalerSettings = {
  start: { kind: 'text', required: true },
  end: { kind: 'text', required: true },
  timezone: { kind: 'text', required: true },
  desiredReplicas: { kind: 'whole', required: true },
}

const prometheus: ScalerSettings = {
  serverAddress: { kind: 'text', required: true },
  query: { kind: 'text', required: true },
  threshold: { kind: 'number', required: true },
  activationThreshold: { kind: 'number' },
  queryParameters: text,
  namespace: text,
  customHeaders: text,
  ignoreNullValues: flag,
  unsafeSsl: flag,
  awsRegion: text,
  timeout: text,
  identityOwner: text,
  authModes: text,
  authMode: text,
  method: { kind: ['header', 'query'] },
  keyParamName: text,
  apiKey: text,
}

/** By the trigger's type. Other scalers exist; of those nothing is said. */
export const SCALERS: ReadonlyMap<string, ScalerSettings> = new Map([
  ['kafka', kafka],
  ['apache-kafka', apacheKafka],
  ['cron', cron],
  ['prometheus', prometheus],
])
