import { more } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { isAbout } from '../predicates/told-dead-letters.ts'
import { expectedOutcome } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

type Input = EventOf<'input'>

/**
 * What has become of the inputs so far. It tells when a scenario may go on; what the outcomes mean is the predicates'
 * business.
 */
export class Outcomes {
  readonly #view: ConsumerView

  constructor(view: ConsumerView) {
    this.#view = view
  }

  /** The first transaction that left an effect of this event. */
  effectOf({ event }: Pick<Input, 'event'>): EventOf<'pg.tx'> | undefined {
    return this.#view.event(event)?.effects[0]?.tx
  }

  deadLetterOf({ event }: Pick<Input, 'event'>): EventOf<'k.record'> | undefined {
    return this.#view.event(event)?.deadLetters.at(-1)?.record
  }

  /** Whether the group has committed past this record; always so where it keeps its progress elsewhere. */
  committedPast({ partition, offset }: Pick<Input, 'partition' | 'offset'>): boolean {
    const { topic, progress } = this.#view.plan.consumer
    return progress === 'own' || this.#view.group.position(topic, partition) > offset
  }

  /** Nothing more is to come of any input. */
  ended(): boolean {
    return this.open().length + this.untold().length + this.unanswered().length === 0
  }

  /** What is still to come, in words. */
  waitedFor(): string {
    const open = this.open()
    const unhandled = open.filter((input) => this.endOf(input) === undefined)
    const behind = open.filter((input) => !unhandled.includes(input))
    const groups: readonly (readonly [readonly Input[], string])[] = [
      [unhandled, 'had neither an effect nor a dead letter'],
      [behind, `had its effect, and ${this.#uncommitted(behind)}`],
      [this.unanswered(), 'had no output'],
      [this.untold(), 'was a dead letter, and nobody was alerted'],
    ]
    return groups
      .filter(([inputs]) => inputs.length > 0)
      .map(([inputs, how]) => `${placeOf(inputs[0])} ${how}${more(inputs.length)}`)
      .join('; ')
  }

  #uncommitted(behind: readonly Input[]): string {
    const { topic } = this.#view.plan.consumer
    const own = behind.every(
      ({ partition, offset }) => offset > 0 && this.#view.group.position(topic, partition) === offset,
    )
    return own
      ? 'the group has committed just this offset, and not the next one, where it would go on: it comes again at each start'
      : 'its offset was not committed, which the service must try again where the broker refuses it'
  }

  /** The end that handling an input must have: an effect, or a dead letter. */
  endOf(input: Input): EventOf<'pg.tx'> | EventOf<'k.record'> | undefined {
    const event = this.#view.event(input.event)
    switch (event && input.expect === 'dead-letter' ? expectedOutcome(event) : input.expect) {
      case 'dead-letter':
        return this.deadLetterOf(input)
      case 'either':
        return this.deadLetterOf(input) ?? this.effectOf(input)
      default:
        // An event that failed as often as it may, because something was out of reach, has come to its end, too.
        return this.effectOf(input) ?? this.#newDeadLetterOf(input)
    }
  }

  /** The dead letter of this input, not of those before it that had to be one: a redriven event was dead already. */
  #newDeadLetterOf({ event, seq }: Input): EventOf<'k.record'> | undefined {
    const { inputs = [], deadLetters = [] } = this.#view.event(event) ?? {}
    const before = inputs.filter((other) => other.seq < seq && other.expect === 'dead-letter')
    return deadLetters[before.length]?.record
  }

  /** Inputs that have not come to their end: no effect, no dead letter, or an offset that is not committed. */
  open(): Input[] {
    return this.#view.inputs.filter(
      (input) =>
        input.expect !== 'nothing' && (this.endOf(input) === undefined || !this.committedPast(input)),
    )
  }

  /** Inputs that took effect and whose output is not on its topic, where outputs are declared. */
  unanswered(): Input[] {
    if (this.#view.plan.consumer.outputs === undefined) return []
    return this.#view.inputs.filter(
      (input) => this.effectOf(input) && this.#view.event(input.event)?.outputs.length === 0,
    )
  }

  /** Inputs that are dead letters and of which nobody was told, where the service was given an address for that. */
  untold(): Input[] {
    const { inputs, alerts, expectsAlerts } = this.#view
    if (!expectsAlerts) return []
    return inputs.filter(
      (input) => this.deadLetterOf(input) && !alerts.some((alert) => isAbout(alert, input.event)),
    )
  }
}

function placeOf(input: Input | undefined): string {
  return input === undefined ? '' : `the event at ${input.topic}/${input.partition}@${input.offset}`
}
