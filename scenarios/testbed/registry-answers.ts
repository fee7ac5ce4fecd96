import { setTimeout as pause } from 'node:timers/promises'
import type { Answers } from './registry-front.ts'

/** `…/subjects/NAME/versions`: what a schema is registered by. */
const REGISTRATION = /\/versions(?=\?|$)/

/** Its store is away: every question is answered so. */
export const failing: Answers = async () => ({
  status: 503,
  body: JSON.stringify({ error_code: 50003, message: 'the store of schemas is not available' }),
})

/** Right answers, each as late as this. */
export function slow(milliseconds: number): Answers {
  return async (asked, behind) => {
    await pause(milliseconds, undefined, { ref: false })
    return behind(asked)
  }
}

/**
 * It takes no schema that it does not have, as in Confluent's mode READONLY: what is registered already gets its id, also
 * by being registered again.
 */
export const readOnly: Answers = async (asked, behind) => {
  if (asked.method !== 'POST' || !REGISTRATION.test(asked.path)) return behind(asked)
  const found = await behind({ ...asked, path: asked.path.replace(REGISTRATION, '') })
  if (found.status === 200) return found
  return {
    status: 422,
    body: JSON.stringify({
      error_code: 42205,
      message: 'Subject is in read-only mode: no schema is registered',
    }),
  }
}
