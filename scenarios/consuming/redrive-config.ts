import { z } from 'zod'
import type { Declared } from '../../subjects/contract/declared.ts'
import { request } from '../../subjects/contract/request.ts'
import { text, texts, topic } from '../../subjects/contract/words.ts'

const runbook = z.strictObject({
  /**
   * The documented procedure, in Markdown: its blocks of ```sh, ```bash or ```shell are typed into one shell as they are
   * written, in the config file's folder. The path starts there, too.
   */
  file: text,
  /** Of that shell, beside ours. `{eventId}` is the dead letter's event, `{redrive.url}` where its service listens. */
  env: texts.exactOptional(),
})

export interface RunbookConfig extends Declared<typeof runbook> {}

/** How dead letters of a consumer come back to its topic. */
export const redrive = z.strictObject({
  /** The service that minds dead letters; it runs beside the consumer, on the same database and topics. */
  service: text,
  /** Approves one event by hand; `{eventId}` stands for its id. Sent again until the event is on its topic. */
  approve: z.strictObject({ http: request.omit({ headers: true }) }),
  /** What a person does instead: the event is then approved by it. A step that fails is named (RD15). */
  runbook: runbook.exactOptional(),
  /** Environment with which the service redrives by itself, about every second, beside what it has anyway. */
  scheduled: texts,
  /** Where a letter is put aside. */
  parkingLot: topic,
  /** After so many redrives that failed. */
  after: z.int().min(1),
})

export interface RedriveConfig extends Declared<typeof redrive> {}
