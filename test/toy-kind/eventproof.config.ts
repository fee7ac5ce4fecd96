import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, type InConfig } from 'eventproof'
import type { counters } from './config.ts'

/** Each process that reads this has a file of its own. */
const FILE = join(tmpdir(), `eventproof-counter-${process.pid}-{port}`)
const counter = {
  command: ['node', 'counter.mjs'],
  env: { PORT: '{port}' },
  ready: { http: '/total' },
}

export default defineConfig<InConfig<typeof counters>>({
  kinds: ['kind.ts'],
  features: ['counting.feature'],
  services: {
    keeping: { ...counter, env: { ...counter.env, FILE } },
    forgetting: counter,
  },
  counters: { keeping: { service: 'keeping' }, forgetting: { service: 'forgetting' } },
})
