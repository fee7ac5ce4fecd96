import { EventproofError } from '../../core/error.ts'
import { quoted } from './names-asked.ts'

/** A topic that the config declares is left alone, and the service's clients asked the broker for other ones. */
export class TopicWrong extends EventproofError {
  override readonly code = 'EVENTPROOF_TOPIC_WRONG'

  /** @param at the subject's place in the config, such as `publishers.orders` */
  constructor(at: string, what: string, asked: readonly string[]) {
    super(`${at} declares a topic that its service does not use`, {
      what: `${what}; its clients asked for ${quoted(asked)}`,
      where: `${at}: topics in the config, without {topicPrefix}`,
      hint: 'correct the name in the config, or what the service is given as its topic',
    })
  }
}
