import { parsed } from '../../../proof/history/json-content.ts'
import { spoiledRow } from './spoiled-row.ts'

/** A11: an event whose payload is not what its relay can read. */
export const unreadableEvent = spoiledRow({
  id: 'A11',
  phrase: 'an event can not be read by its relay',
  title: 'a row that can never be published',
  held: 'a trigger cuts its payload, so that it is no JSON',
  shown: 'the row is committed and not on the log, events behind it are',
  way: 'unreadable',
  effect: 'the payload is cut on its way into the outbox, so that it is no JSON any more',
  // Where the column holds JSON only it is a text in the place of an object.
  isSpoiled: (payload) => typeof parsed(payload) !== 'object',
  passedOn: 'its relay passes on what it does not read, so that no payload can keep it from publishing',
})
