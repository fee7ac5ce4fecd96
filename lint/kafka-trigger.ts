import type { DeclaredConsumer, LintContext } from './context.ts'
import type { Scope } from './rule.ts'
import type { ScaledObject } from './scaled-object.ts'
import type { Trigger } from './trigger.ts'

/** A trigger that scales by the lag of a consumer group. */
export interface KafkaTrigger extends Trigger {
  readonly group: string | undefined
  readonly topic: string | undefined
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
      offsetResetPolicy: trigger.setting('offsetResetPolicy').value ?? 'latest',
      lagThreshold: trigger.whole('lagThreshold', 10),
      activationLagThreshold: trigger.whole('activationLagThreshold', 0),
    }))
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
    ofGroup.find((each) => topicsOf(each).includes(topic ?? '')) ??
    ofGroup[0]
  )
}

export function topicsOf({ topic, otherTopics = [] }: DeclaredConsumer): readonly string[] {
  return [topic, ...otherTopics]
}

/** Partitions of the trigger's topic: as observed, as declared, or as a Strimzi KafkaTopic among the manifests says. */
export function partitionsOf({ topic }: KafkaTrigger, { manifests, context }: Scope): number | undefined {
  if (topic === undefined) return undefined
  const resource = manifests.find(
    ({ kind, name, root }) => kind === 'KafkaTopic' && (root.get('spec', 'topicName').text ?? name) === topic,
  )
  const written = resource?.root.get('spec', 'partitions').value
  return (
    context.observed?.topics?.[topic]?.partitions ??
    Object.values(context.consumers ?? {}).find((each) => each.topic === topic)?.partitions ??
    (typeof written === 'number' ? written : undefined)
  )
}

/** Every partition of the topic was seen with a committed offset; undefined where nobody looked. */
export function committed(trigger: KafkaTrigger, scope: Scope): boolean | undefined {
  const { group, topic } = trigger
  const seen = group === undefined ? undefined : scope.context.observed?.committed?.[group]
  const partitions = partitionsOf(trigger, scope)
  if (seen === undefined || topic === undefined || partitions === undefined) return undefined
  return (seen[topic] ?? 0) >= partitions
}
