import { DeadlinePassed } from '../core/until.ts'
import type { RunningService } from '../stacks/stack.ts'
import { fault } from './fault.ts'

declare module './fault.ts' {
  interface Targets {
    /** Of several relays the one that stands at the mark gate. */
    'relay at work': {
      /** Undefined where none stands there: a relay that marks no row never does. */
      readonly atGate: RunningService | undefined
      /** One that does not run; else the first. */
      readonly ended: RunningService
      /** Resolves when another relay has marked the row. @throws {DeadlinePassed} */
      marked(): Promise<void>
    }
  }
}

/** SIGKILL of the relay that stands at the mark gate; it comes back when another one has marked the row. */
export const relayAtWorkKilled = fault({
  id: 'kill',
  phrase: 'the relay at work is killed',
  target: 'relay at work',
  needs: { capabilities: ['kill-service'] },
  async inject({ atGate, ended }, log) {
    if (atGate !== undefined) await log.kill(atGate)
    else await log.inject('kill', ended.name, 'SIGKILL', async () => undefined)
  },
  async heal(relays, log) {
    if (relays.ended.running) return log.healLast('kill', async () => {})
    await relays.marked().catch((error) => {
      // That nobody took over is what the window and the predicates tell.
      if (!(error instanceof DeadlinePassed)) throw error
    })
    await log.restart(relays.ended)
  },
})
