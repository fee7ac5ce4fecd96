import type { Conversation } from './conversation.ts'
import type { Armed } from './fault.ts'
import type { RequestSeen } from './seen.ts'

/**
 * A request whose answer was taken away, or that never arrived. No network answers what was sent after it: Java's client
 * takes the next answer for the missing one, fails, and drops records that it has fetched. Until the healing nothing
 * more is answered to it. Then the connection ends: a client would wait for the missing answer until its own timeout.
 */
export function silence(
  connection: Conversation,
  armed: Armed,
  { software }: RequestSeen,
  what: 'mute' | 'unheard',
): void {
  if (countsAnswers(software)) connection[what] = true
  const heal = () => connection.end()
  armed.healing.add(heal)
  connection.closed.signal.addEventListener('abort', () => armed.healing.delete(heal))
}

export function countsAnswers(software: string | undefined): boolean {
  return software?.startsWith('apache-kafka-java') === true
}
