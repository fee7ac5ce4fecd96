import { spoiledRow } from './spoiled-row.ts'

/** The broker's default for the largest record batch, message.max.bytes. */
const LIMIT = 1_048_588

/** A19: an event that is larger than the broker takes. */
export const oversizedEvent = spoiledRow({
  id: 'A19',
  phrase: 'an event is larger than the broker takes',
  title: 'an event over the broker’s limit',
  held: 'a trigger lets its payload grow',
  shown: 'the row is committed and not on the log, events behind it are',
  way: 'oversized',
  effect: 'the payload grows beyond the limit of the broker on its way into the outbox',
  least: LIMIT,
  isSpoiled: (payload) => Buffer.byteLength(payload) > LIMIT,
})
