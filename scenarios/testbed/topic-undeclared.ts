import { Misdeclared } from './misdeclared.ts'
import { quoted } from './names-asked.ts'

/** A service waits for topics that the config does not name: nobody made them here. */
export class TopicUndeclared extends Misdeclared {
  override readonly code = 'EVENTPROOF_TOPIC_UNDECLARED'

  /** @param at the subject's place in the config, such as `consumers.payments` */
  constructor(at: string, topics: readonly string[]) {
    super(`${at}: its service waits for a topic that the config does not name`, {
      what: `its clients asked for ${quoted(topics)}, and there ${topics.length === 1 ? 'is no such topic' : 'are no such topics'} on the broker`,
      where: `${at}, and topics of its service`,
      hint: 'name them: retry.topics, retry.deadLetter or outputs.topic of the consumer, or topics: { writes, reads } of the service, all without {topicPrefix}; or correct what the service is given',
    })
  }
}
