import { exportsIn } from '../../core/module-folder.ts'
import { subjectKind } from '../kind.ts'
import { publishers } from './config.ts'
import { relayOf } from './declaration.ts'
import { judging } from './judging.ts'
import { PublisherExperiment } from './publisher-experiment.ts'
import { isWindow } from './window.ts'

/** Of a tag on a scenario that names a topic: it is for publishers whose topic that is. */
const ON_TOPIC = 'topic='

/** Publishers: what was committed is on the log. */
export const kind = subjectKind({
  ...judging,
  config: publishers,
  given: 'the publisher under test is taking orders',
  windows: await exportsIn(new URL('./windows/', import.meta.url), isWindow),
  /** Those whose relay the scenario is tagged with, and whose topic where it names one. */
  isMeant(tags, publisher) {
    const topic = tags.find((tag) => tag.startsWith(ON_TOPIC))?.slice(ON_TOPIC.length)
    return tags.includes(relayOf(publisher).kind) && (topic === undefined || topic === publisher.topic)
  },
  begin: (what, context, options) => new PublisherExperiment(what, context, options),
})
