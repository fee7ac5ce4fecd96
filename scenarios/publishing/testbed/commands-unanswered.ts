import { EventproofError } from '../../../core/error.ts'
import type { Answer } from '../../testbed/command.ts'

/** The service takes none of the commands that it is sent while nothing is hurt: there is nothing that could be published. */
export class CommandsUnanswered extends EventproofError {
  override readonly code = 'EVENTPROOF_COMMANDS_UNANSWERED'

  /** @param answers to the first commands, which were sent at once */
  constructor(publisher: string, answers: readonly Answer[]) {
    const last = answers.at(-1)
    super(`publishers.${publisher} takes no commands`, {
      what: `none of ${answers.length} commands, sent at once while nothing was hurt, was answered 2xx, and none was committed`,
      where: `publishers.${publisher}.command`,
      last: last === undefined ? '' : last.reason || `HTTP ${last.status}`,
      hint: `hold command.http against what the service takes; its log is in the run’s folder. Does it take ${answers.length} commands at once?`,
    })
  }
}

/** What to tell where all commands of a load without faults came to nothing. */
export function unanswered(
  publisher: string,
  answers: readonly Answer[],
  committed: number,
): CommandsUnanswered | undefined {
  const some = committed > 0 || answers.some(({ outcome }) => outcome === 'ok')
  return some || answers.length === 0 ? undefined : new CommandsUnanswered(publisher, answers)
}
