import { nextRequest } from './next-request.ts'

/** Milliseconds: longer than clients that mean to go on wait for an answer, shorter than the bound of recovery. */
const LATE = 3_000

/** W4b: the acknowledgement comes, later than a client waits for it. */
export const nextAcknowledgementLate = nextRequest({
  id: 'W4b',
  phrase: 'the broker stores the next record on {string} but its acknowledgement is late',
  title: 'the next record is stored, its acknowledgement late',
  held: `the wire proxy delays the answer to the next produce request for that topic by ${LATE / 1000} s`,
  shown: 'the request was carried out and answered late, the row was not marked before',
  act: { delay: LATE },
  says: `was answered ${LATE / 1000} s late`,
})
