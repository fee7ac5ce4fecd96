import { UndecodableEvent } from '../consumer/event.ts'

/** Turns the payload of one version into that of the next. @throws {UndecodableEvent} when it is not of its version */
export type Upcast = (data: unknown) => unknown

/** By the version that it starts from: `[v1 → v2, v2 → v3, …]`. A new version adds one at the end, none is changed. */
export type Upcasts = readonly Upcast[]

/**
 * Brings a payload up to the newest version, one version after the other, so that nobody else has to know that there
 * were older ones.
 * @param event its version counts from 1
 * @throws {UndecodableEvent} for a version that is newer than the newest known one
 */
export function upcast(
  event: { readonly version: number; readonly data: unknown },
  upcasts: Upcasts,
): unknown {
  const newest = upcasts.length + 1
  if (event.version > newest)
    throw new UndecodableEvent(`version ${event.version} is not known here; the newest is ${newest}`)
  return upcasts.slice(event.version - 1).reduce((data, next) => next(data), event.data)
}
