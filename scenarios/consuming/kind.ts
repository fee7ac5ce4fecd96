import { exportsIn } from '../../core/module-folder.ts'
import { subjectKind } from '../kind.ts'
import { OBSERVED } from '../kind-needs.ts'
import { consumers } from './config.ts'
import { ConsumerExperiment } from './consumer-experiment.ts'
import { judging } from './judging.ts'
import { isWindow } from './window.ts'

/** Parts of a consumer's declaration that a scenario may need, as its tags. */
const DECLARED = ['retry', 'dedupe', 'calls', 'expiry', 'redrive', 'outputs', 'tracing'] as const

/** Consumers: what was delivered takes effect once, or is kept as a dead letter. */
export const kind = subjectKind({
  ...judging,
  config: consumers,
  given: 'the consumer under test is handling events',
  needs: OBSERVED,
  variants: { 'producers of other versions write beside the newest': 'versions' },
  windows: await exportsIn(new URL('./windows/', import.meta.url), isWindow),
  /**
   * Those that declare what the tags are about (`@retry`, `@dedupe`, …; `@offsets`: positions that the group commits;
   * `@delays`: retries that wait; `@event-versions`: events of other versions; `@event-registry`, `@outputs-registry`: what is written through a schema registry; `@json-events`: what is not); `@without-retry`: those that declare no retries, and whose effects tell events apart.
   */
  isMeant: (tags, consumer) =>
    (!tags.includes('offsets') || consumer.progress !== 'own') &&
    (!tags.includes('delays') || (consumer.retry?.delays.length ?? 0) > 0) &&
    (!tags.includes('event-versions') || consumer.event.versions !== undefined) &&
    (!tags.includes('event-registry') || consumer.event.registry !== undefined) &&
    (!tags.includes('json-events') || consumer.event.registry === undefined) &&
    (!tags.includes('outputs-registry') || consumer.outputs?.registry !== undefined) &&
    (!tags.includes('without-retry') ||
      (consumer.retry === undefined && consumer.effects.sum === undefined)) &&
    DECLARED.every((what) => !tags.includes(what) || consumer[what] !== undefined),
  lacks: (tags, consumer) => [
    ...DECLARED.filter((what) => tags.includes(what) && consumer[what] === undefined),
    ...(tags.includes('event-versions') && consumer.event.versions === undefined ? ['event.versions'] : []),
    ...(tags.includes('event-registry') && consumer.event.registry === undefined ? ['event.registry'] : []),
    ...(tags.includes('outputs-registry') && consumer.outputs?.registry === undefined
      ? ['outputs.registry']
      : []),
  ],
  begin: (what, context, options) => new ConsumerExperiment(what, context, options),
})
