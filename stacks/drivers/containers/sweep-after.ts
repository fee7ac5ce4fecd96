import { setTimeout as pause } from 'node:timers/promises'
import { Engine } from './engine.ts'
import { sweep } from './sweep.ts'

/**
 * What the reaper of a run starts when that run is gone: removes what carries its label, and that of a cluster which
 * it had not made yet. An engine may still be
 * creating what it was asked for by then, so it looks again until nothing came for a while.
 */
const runs = process.argv.slice(2)
const engine = await Engine.reach(process.env, 10_000)
for (let quiet = 0; quiet < 3; ) {
  let found = 0
  for (const run of runs) {
    const { containers, networks } = await sweep(engine, run).catch(() => ({ containers: 1, networks: 0 }))
    found += containers + networks
  }
  quiet = found === 0 ? quiet + 1 : 0
  if (quiet < 3) await pause(1000)
}
