import { endpointText } from '../../../core/endpoint.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import { fill, fillJson } from '../../../subjects/contract/placeholders.ts'
import type { RedriveConfig } from '../config.ts'

/** Milliseconds for one approval. */
const PATIENCE = 3_000

/** The service that minds a consumer's dead letters, while it runs. */
export class RedriveService {
  /** Where it puts letters aside, with the name that the topic has in this scenario. */
  readonly parkingLot: string
  /** Redrives of a letter before it is put aside. */
  readonly after: number
  readonly #config: RedriveConfig
  readonly #service: RunningService

  constructor(config: RedriveConfig, prefix: string, service: RunningService) {
    this.parkingLot = prefix + config.parkingLot
    this.after = config.after
    this.#config = config
    this.#service = service
  }

  /** Approves an event by hand. @throws when the service refuses, or gives no answer */
  async approve(eventId: string): Promise<void> {
    const { method, path, json } = this.#config.approve.http
    const origin = `http://${endpointText(this.#service.endpoint('host'))}`
    const response = await fetch(`${origin}${fill(path, { eventId })}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(json === undefined ? {} : { body: JSON.stringify(fillJson(json, { eventId })) }),
      signal: AbortSignal.timeout(PATIENCE),
    })
    const answer = await response.text()
    if (!response.ok)
      throw new Error(`${method} ${path} was answered ${response.status}: ${answer.slice(0, 200)}`)
  }
}
