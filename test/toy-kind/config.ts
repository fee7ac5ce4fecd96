import { type Declared, section, unknownService, words } from 'eventproof'
import { z } from 'zod'

const counter = z.strictObject({
  /** The service that counts. */
  service: words.text,
})

export interface CounterConfig extends Declared<typeof counter> {}

export const counters = section<'counters', CounterConfig>({
  name: 'counters',
  subject: counter,
  references: (at, { service }, config) => unknownService(`${at}.service`, service, config),
})
