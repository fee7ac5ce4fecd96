import type { DeclaredConsumer, LintContext } from './context.ts'
import type { Scope } from './rule.ts'
import type { ScaledObject } from './scaled-object.ts'
import type { Trigger } from './trigger.ts'

/** A trigger that scales by the lag of a consumer group. */
export interface KafkaTrigger extends Trigger {
  readonly group: string | undefined
  readonly topic: string | undefined
  /** All that it reads the lag on: the apache-kafka scaler takes a list. */
  readonly topics: readonly string[]
  /** KEDA's default is `latest`. */
  readonly offsetResetPolicy: string
  /** Events of lag a replica; default 10. */
  readonly lagThreshold: number
  /** Lag that does not wake a consumer yet; default 0. */
  readonly activationLagThreshold: number
}

export function kafkaTriggers({ triggers }: ScaledObject): readonly KafkaTrigger[] {
  return triggers
    .filter(({ type }) => type === 'kafka' || type === 'apache-kafka')
    .map((trigger) => ({
      ...trigger,
      group: trigger.setting('consumerGroup').value,
      topic: trigger.setting('topic').value,
      topics: listed(trigger),
      offsetResetPolicy: trigger.setting('offsetResetPolicy').value ?? 'latest',
      lagThreshold: trigger.whole('lagThreshold', 10),
      activationLagThreshold: trigger.whole('activationLagThreshold', 0),
    }))
}

function listed({ type, setting }: Trigger): readonly string[] {
  const { value } = setting('topic')
  if (value === undefined) return []
  return type === 'apache-kafka' ? value.split(',').map((name) => name.trim()) : [value]
}

export interface NamedConsumer extends DeclaredConsumer {
  readonly name: string
}

/**
 * The declared consumer that a trigger watches: the one that runs in the target, else the one of the same group and
 * topic, else of the same group. A topic alone says nothing: others may read it too.
 */
export function consumerOf(
  { group, topic }: Pick<KafkaTrigger, 'group' | 'topic'>,
  { target }: Pick<ScaledObject, 'target'>,
  { consumers = {}, workloads = {} }: LintContext,
): NamedConsumer | undefined {
  const all = Object.entries(consumers).map(([name, consumer]) => ({ name, ...consumer }))
  const ofGroup = all.filter((each) => each.group === group)
  return (
    all.find(({ name }) => name === workloads[target.name]) ??
    ofGroup.find((each) => topicsOf(each).some((name) => topic?.split(',').includes(name))) ??
    ofGroup[0]
  )
}

export function topicsOf({ topic, otherTopics = [] }: DeclaredConsumer): readonly string[] {
  return [topic, ...otherTopics]
}

/**
 * Partitions of the trigger's topics: as observed, as declared, or as Strimzi KafkaTopics among the manifests say. Of
 * several topics, which one consumer reads with one assignment of partitions, the sum.
 */
export function partitionsOf(trigger: KafkaTrigger, scope: Scope): number | undefined {
  const counts = trigger.topics.map((topic) => partitionsOfTopic(topic, trigger, scope))
  if (counts.length === 0 || counts.includes(undefined)) return undefined
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
}

function partitionsOfTopic(
  topic: string,
  trigger: KafkaTrigger,
  { manifests, context }: Scope,
): number | undefined {
  const resources = manifests
    .ofKind('KafkaTopic')
    .filter(({ name, root }) => (root.get('spec', 'topicName').text ?? name) === topic)
  // Clusters in several namespaces may each have a topic of that name.
  const namespaces = namespacesOf(trigger)
  const near = resources.filter(({ namespace }) => namespaces.includes(namespace))
  const written = (near.length > 0 ? near : resources).map(({ root }) => root.get('spec', 'partitions').value)
  const [one] = written
  return (
    context.observed?.topics?.[topic]?.partitions ??
    Object.values(context.consumers ?? {}).find((each) => each.topic === topic)?.partitions ??
    (typeof one === 'number' && written.every((each) => each === one) ? one : undefined)
  )
}

/** Of the brokers' services: `kafka.<namespace>.svc:9092`. */
function namespacesOf({ setting }: Trigger): readonly string[] {
  const servers = setting('bootstrapServers').value?.split(',') ?? []
  return servers.flatMap((server) => /^[^.]+\.([^.]+)\.svc\b/.exec(server.trim())?.[1] ?? [])
}

/** Every partition of the topic was seen with a committed offset; undefined where nobody looked. */
export function committed(trigger: KafkaTrigger, scope: Scope): boolean | undefined {
  const { group, topic } = trigger
  const seen = group === undefined ? undefined : scope.context.observed?.committed?.[group]
  const partitions = partitionsOf(trigger, scope)
  if (seen === undefined || topic === undefined || partitions === undefined) return undefined
  return (seen[topic] ?? 0) >= partitions
}
