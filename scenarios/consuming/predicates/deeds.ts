import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'

/** A call that does something outside; looks (GET, HEAD) are no deeds. */
export function isDeed({ stub }: EventOf<'call'>): boolean {
  return !/^(GET|HEAD|OPTIONS) /.test(stub)
}

export function deedsOf({ calls }: ConsumedEvent): readonly EventOf<'call'>[] {
  return calls.filter(isDeed)
}

/** The first deed of an event that the outside took. */
export function takenDeed(event: ConsumedEvent): EventOf<'call'> | undefined {
  return event.calls.find((call) => isDeed(call) && call.status < 400)
}
