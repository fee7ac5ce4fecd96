import { Misdeclared } from '../../testbed/misdeclared.ts'
import { quoted } from '../../testbed/names-asked.ts'

/** Nobody came to the consumer group that the config declares, and clients take part in other ones. */
export class GroupWrong extends Misdeclared {
  override readonly code = 'EVENTPROOF_GROUP_WRONG'

  constructor(at: string, declared: string, asked: readonly string[]) {
    super(`${at} declares a group that its service does not use`, {
      what: `nobody came to group '${declared}'; its clients take part in ${quoted(asked)}`,
      where: `${at}: group in the config, without {topicPrefix}`,
      hint: 'correct the name in the config, or what the service is given as its group',
    })
  }
}
