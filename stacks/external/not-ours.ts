import type { Running } from '../stack.ts'

/** A handle for what somebody else runs: it is reached by its address, and never ended, started or hurt. */
export function notOurs(name: string, address: string): Running {
  const refuse = async () => {
    throw new Error(`${name} at ${address} is run by somebody else`)
  }
  return {
    name,
    id: `${name} at ${address}`,
    running: true,
    kill: refuse,
    pause: refuse,
    resume: refuse,
    stop: refuse,
    restart: refuse,
    async *logs() {},
  }
}
