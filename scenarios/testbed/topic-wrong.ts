import { Misdeclared, meant } from './misdeclared.ts'
import { quoted } from './names-asked.ts'

/** A topic that the config declares is left alone, and the service uses other ones. */
export class TopicWrong extends Misdeclared {
  override readonly code = 'EVENTPROOF_TOPIC_WRONG'

  /**
   * @param at the subject's place in the config, such as `publishers.orders`
   * @param what was looked for, and what was seen in its place
   * @param declared the topics that were left alone
   */
  constructor(at: string, what: string, declared: readonly string[], seen: readonly string[]) {
    super(`${at} declares a topic that its service does not use`, {
      what,
      where: `${at}: topics in the config, without {topicPrefix}`,
      hint: `correct the name in the config, or what the service is given as its topic${declared
        .map((topic) => meant(topic, seen))
        .join('')}`,
    })
  }

  /** Its clients asked the broker for these. */
  static asked(at: string, what: string, declared: readonly string[], asked: readonly string[]): TopicWrong {
    return new TopicWrong(at, `${what}; its clients asked for ${quoted(asked)}`, declared, asked)
  }
}
