import { lostIn } from './component-lost.ts'
import type { EventOf, HistoryEvent } from './event.ts'

/** A process of the subject that ended although nobody told it to. */
export interface OwnExit {
  readonly event: EventOf<'proc'>
  /** The trial in which it ended, and the window that was open; undefined in the load without faults. */
  readonly trial: EventOf<'phase'> | undefined
}

/** Processes that ended by themselves, from the load's begin to the end of the scenario. */
export function ownExits(events: readonly HistoryEvent[]): readonly OwnExit[] {
  const exits: OwnExit[] = []
  const told = new Set<string>()
  let phase: EventOf<'phase'> | undefined
  for (const event of events) {
    if (event.kind === 'scenario.end') break
    if (event.kind === 'phase') phase = event
    // A pod that is about to be deleted was told to end by the cluster.
    if (event.kind === 'k8s.object' && event.resource === 'Pod' && event.fields.ending === true)
      told.add(event.name)
    if (event.kind !== 'proc') continue
    if (event.event === 'killed' || event.event === 'ended') told.add(event.id)
    else if (
      event.event === 'exited' &&
      phase !== undefined &&
      !told.has(event.id) &&
      !told.has(event.service)
    )
      exits.push({ event, trial: phase.trial === undefined ? undefined : phase })
  }
  return exits
}

/** Whether one of them has ended for good: nobody has started it again. */
export function staysEnded(events: readonly HistoryEvent[]): boolean {
  return ownExits(events).some(
    ({ event }) =>
      !events.some(
        (later) =>
          later.kind === 'proc' &&
          later.event === 'started' &&
          later.seq > event.seq &&
          later.service === event.service &&
          later.instance === event.instance,
      ),
  )
}

/** "fulfillment#0 ended by itself with exit code 1 in trial 2 of W14"; empty where none did, or none by itself. */
export function exitsInWords(events: readonly HistoryEvent[]): string {
  const [first, ...others] = ownExits(events)
  // What ran beside a component that was gone may have gone with it: an engine that stops ends all of its containers.
  if (first === undefined || lostIn(events) !== undefined) return ''
  const { event, trial } = first
  const how = event.signal ? `signal ${event.signal}` : `exit code ${event.code}`
  const when = trial === undefined ? 'without a fault of ours' : `in trial ${trial.trial} of ${trial.window}`
  const more = others.length === 0 ? '' : ` (and ${others.length} more times)`
  return `${event.service}#${event.instance} ended by itself with ${how} ${when}${more}`
}
