import { exportsIn } from '../../core/module-folder.ts'
import { subjectKind } from '../kind.ts'
import { OBSERVED } from '../kind-needs.ts'
import { type PublisherConfig, publishers } from './config.ts'
import { type RelayKind, relayOf } from './declaration.ts'
import { judging } from './judging.ts'
import { PublisherExperiment } from './publisher-experiment.ts'
import { isWindow } from './window.ts'

/** Of a tag on a scenario that names a topic: it is for publishers whose topic that is. */
const ON_TOPIC = 'topic='

/** A scenario that hurts the subject of a schema is for those that have it for themselves: no other topic writes by it. */
const OWN_SUBJECT = 'own-subject'

/** Tags by which a scenario is for some ways to publish only; without any it is for all. */
const RELAYS: readonly RelayKind['kind'][] = ['polling', 'debezium']

/** Publishers: what was committed is on the log. */
export const kind = subjectKind({
  ...judging,
  config: publishers,
  given: 'the publisher under test is taking orders',
  needs: OBSERVED,
  windows: await exportsIn(new URL('./windows/', import.meta.url), isWindow),
  /** Those whose relay is one that the scenario is tagged with, and whose topic is the one that it names. */
  isMeant(tags, publisher) {
    const topic = tags.find((tag) => tag.startsWith(ON_TOPIC))?.slice(ON_TOPIC.length)
    const onTopic = topic === undefined || topic === publisher.topic
    const outbox = !tags.includes('outbox') || publisher.outbox?.payload !== undefined
    const tracing = !tags.includes('tracing') || publisher.tracing !== undefined
    const registry = !tags.includes('registry') || publisher.registry !== undefined
    const subject = !tags.includes(OWN_SUBJECT) || publisher.registry?.strategy !== 'record'
    return (
      isAskedAbout(tags, publisher) &&
      onTopic &&
      outbox &&
      tracing &&
      registry &&
      subject &&
      relays(tags, publisher)
    )
  },
  lacks(tags, publisher) {
    if (!isAskedAbout(tags, publisher)) return []
    const fields = (['tracing', 'registry'] as const).filter(
      (field) => tags.includes(field) && publisher[field] === undefined,
    )
    const payload =
      tags.includes('outbox') && relays(tags, publisher) && publisher.outbox?.payload === undefined
    return [...fields, ...(payload ? ['outbox.payload'] : [])]
  },
  begin: (what, context, options) => new PublisherExperiment(what, context, options),
})

function isAskedAbout(tags: readonly string[], { controls }: PublisherConfig): boolean {
  return controls === undefined || controls.some((control) => tags.includes(control))
}

/** Whether its way to publish is one that the scenario is for. */
function relays(tags: readonly string[], publisher: PublisherConfig): boolean {
  const meant = RELAYS.filter((relay) => tags.includes(relay))
  return meant.length === 0 || meant.includes(relayOf(publisher).kind)
}
