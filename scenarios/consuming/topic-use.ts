import type { TopicUse } from '../../subjects/contract/section.ts'
import type { ConsumerConfig } from './consumer-config.ts'

/** Which topics a consumer and the service that minds its dead letters write and read. */
export function uses({ service, topic, retry, outputs, redrive }: ConsumerConfig): readonly TopicUse[] {
  const retries = retry?.topics ?? []
  const dead = retry === undefined ? [] : [retry.deadLetter]
  const published = outputs === undefined ? [] : [outputs.topic]
  return [
    { service, reads: [topic, ...retries], writes: [...retries, ...dead, ...published] },
    ...(redrive === undefined
      ? []
      : [{ service: redrive.service, reads: dead, writes: [topic, redrive.parkingLot] }]),
  ]
}
