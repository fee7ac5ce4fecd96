import type { EventOf } from './event.ts'

/** How a client asked for records to be stored. */
export interface Producer {
  readonly clientId: string
  readonly software?: string
  readonly apiVersion?: number
  readonly acks: number
  readonly idempotent: boolean
}

/** Producers, each with the weakest setting that it was seen with. */
export function producersOf(asked: readonly EventOf<'k.client'>[]): Producer[] {
  const clients = new Map<string, Producer>()
  for (const { clientId, software, apiVersion, acks, idempotent } of asked) {
    const known = clients.get(clientId)
    clients.set(clientId, {
      clientId,
      ...(software === undefined ? {} : { software }),
      apiVersion,
      acks: known === undefined || (known.acks === -1 && acks !== -1) ? acks : known.acks,
      idempotent: idempotent && (known?.idempotent ?? true),
    })
  }
  return [...clients.values()]
}
