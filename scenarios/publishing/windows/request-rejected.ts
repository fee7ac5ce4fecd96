import { oneRequestRefused } from './one-request-refused.ts'

/**
 * W25a: the broker rejects one request for good, and takes the ones after it. No client asks again by itself: what is
 * done now is the relay's own doing.
 */
export const requestRejected = oneRequestRefused({
  id: 'W25a',
  phrase: 'the broker rejects one request for good and takes later ones',
  title: 'one request is rejected for good, later ones are not',
  // As while access is being given: the next request may be allowed.
  error: ['TOPIC_AUTHORIZATION_FAILED', 29],
})
