import { oneRequestRefused } from './one-request-refused.ts'

/** W25: the broker refuses one request, and takes the ones after it. Clients ask again by themselves. */
export const requestRefused = oneRequestRefused({
  id: 'W25',
  phrase: 'the broker refuses one request and takes later ones',
  title: 'one request is refused, later ones are not',
  // While too few replicas are in sync: nothing was stored, ask again.
  error: ['NOT_ENOUGH_REPLICAS', 19],
})
