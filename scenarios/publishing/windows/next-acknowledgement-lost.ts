import { nextRequest } from './next-request.ts'

/** W4a: the broker stores the next record on a topic, and its acknowledgement is lost. */
export const nextAcknowledgementLost = nextRequest({
  id: 'W4a',
  phrase: 'the broker stores the next record on {string} but its acknowledgement is lost',
  title: 'the next record is stored, its acknowledgement lost',
  held: 'the wire proxy keeps the answer to the next produce request for that topic',
  shown: 'the request was carried out and got no answer, the row was not marked before',
  act: 'drop-response',
  says: 'was carried out and got no answer',
})
