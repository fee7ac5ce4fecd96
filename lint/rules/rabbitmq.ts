import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

const MODES = [
  'QueueLength',
  'MessageRate',
  'DeliverGetRate',
  'PublishedToDeliveredRatio',
  'ExpectedQueueConsumptionTime',
]
const PROTOCOLS = ['amqp', 'http', 'auto']

/** What a rabbitmq trigger can get wrong beyond the types of its settings. */
export const rabbitmq: Rule = {
  name: 'rabbitmq',
  text: {
    finds:
      'a host without a scheme, an unknown mode, mode without value, settings that only the HTTP protocol has',
    keda: 'it makes no scaler: the ScaledObject is not Ready',
    source: 'pkg/scalers/rabbitmq_scaler.go, rabbitMQMetadata.Validate, validateTrigger and validateOAuth2',
    write: 'host: amqp://… or http://…, mode: QueueLength and value: "20"',
  },
  *check({ triggers }) {
    for (const trigger of triggers.filter(({ type }) => type === 'rabbitmq')) {
      const protocol = protocolOf(trigger)
      if (typeof protocol !== 'string') {
        yield protocol
        continue
      }
      yield* httpOnly(trigger, protocol)
      yield* modeOf(trigger, protocol)
      yield* pairs(trigger)
    }
  },
}

/** amqp, http, or what is wrong with it; empty where the manifests do not tell. */
function protocolOf({ setting }: Trigger): string | Complaint {
  const { value: protocol = 'auto', at, absent } = setting('protocol')
  if (!PROTOCOLS.includes(protocol))
    return refused('scaler', at, `protocol is "${protocol}"`, `write one of ${PROTOCOLS.join(', ')}`)
  if (protocol !== 'auto') return protocol
  const host = setting('host')
  if (host.value === undefined || (!absent && setting('protocol').value === undefined)) return ''
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(host.value) ?? []
  if (/^amqps?$/i.test(scheme)) return 'amqp'
  if (/^https?$/i.test(scheme)) return 'http'
  return refused(
    'scaler',
    host.at,
    `host "${host.value}" without a scheme that RabbitMQ has`,
    'write amqp://user:password@host:5672/vhost or http://user:password@host:15672/vhost',
  )
}

function* httpOnly({ setting, flag }: Trigger, protocol: string): Iterable<Complaint> {
  if (protocol !== 'amqp') return
  for (const key of ['useRegex', 'excludeUnacknowledged'])
    if (flag(key))
      yield refused('scaler', setting(key).at, `${key} over AMQP`, 'write an http:// host, or leave it out')
  if (setting('workloadIdentityResource').value !== undefined)
    yield refused('scaler', setting('host').at, 'a workload identity over AMQP', 'write an http:// host')
}

function* modeOf({ setting, whole }: Trigger, protocol: string): Iterable<Complaint> {
  const { value: mode = 'Unknown', at } = setting('mode')
  const number = (key: string) => Number(setting(key).value ?? 0)
  if (whole('pageSize', 100) < 1)
    yield refused(
      'scaler',
      setting('pageSize').at,
      `pageSize is ${whole('pageSize', 100)}`,
      'write "1" or more',
    )
  const [length, value] = [number('queueLength'), number('value')]
  if (Number.isNaN(length) || Number.isNaN(value) || (length === 0 && mode === 'Unknown' && value === 0))
    return
  if (length !== 0) {
    if (mode !== 'Unknown' || value !== 0)
      yield refused(
        'scaler',
        setting('queueLength').at,
        'queueLength beside mode or value',
        'write mode: QueueLength and value, and remove queueLength',
      )
  } else if (mode === 'Unknown') {
    yield refused('scaler', setting('value').at, 'value without mode', 'write mode: QueueLength')
  } else if (value === 0) {
    yield refused(
      'scaler',
      at,
      `mode ${mode} without value`,
      'write value: "20", or what one replica can take',
    )
  } else if (!MODES.includes(mode)) {
    yield refused('scaler', at, `mode is "${mode}"`, `write one of ${MODES.join(', ')}`)
  } else if (mode !== 'QueueLength' && protocol === 'amqp') {
    yield refused('scaler', at, `mode ${mode} over AMQP`, 'write an http:// host, or mode: QueueLength')
  } else if (protocol === 'amqp' && /[1-9]/.test(setting('timeout').value ?? '')) {
    yield refused(
      'scaler',
      setting('timeout').at,
      'timeout over AMQP',
      'leave it out, or write an http:// host',
    )
  }
}

function* pairs({ setting, metadata }: Trigger): Iterable<Complaint> {
  for (const [one, other] of [
    ['username', 'password'],
    ['password', 'username'],
    ['cert', 'key'],
    ['key', 'cert'],
  ] as const) {
    const missing = setting(other)
    if (setting(one).value !== undefined && missing.absent && !missing.given)
      yield refused(
        'scaler',
        metadata,
        `${one} without ${other}`,
        'give both in the TriggerAuthentication, or none',
      )
  }
  const tls = setting('tls').value
  if (tls !== undefined && tls !== 'enable' && tls !== 'disable')
    yield refused('scaler', metadata, `tls is "${tls}"`, 'write enable or disable')
}
