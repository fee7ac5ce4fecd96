import { z } from 'zod'
import { path, text, topic } from './words.ts'

/** How dead letters of a consumer come back to its topic. */
export interface RedriveConfig {
  /** The service that minds dead letters; it runs beside the consumer, on the same database and topics. */
  readonly service: string
  /** Approves one event by hand; `{eventId}` stands for its id. Sent again until the event is on its topic. */
  readonly approve: {
    readonly http: { readonly method: string; readonly path: string; readonly json?: unknown }
  }
  /** Environment with which the service redrives by itself, about every second, beside what it has anyway. */
  readonly scheduled: Readonly<Record<string, string>>
  /** Where a letter is put aside. */
  readonly parkingLot: string
  /** After so many redrives that failed. */
  readonly after: number
}

declare module './types.ts' {
  interface ConsumerConfig {
    readonly redrive?: RedriveConfig
  }
}

export const redrive = z.strictObject({
  service: text,
  approve: z.strictObject({
    http: z.strictObject({ method: text, path, json: z.unknown().optional() }),
  }),
  scheduled: z.record(z.string(), z.string()),
  parkingLot: topic,
  after: z.int().min(1),
})
