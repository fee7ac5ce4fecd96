import type { Mutation } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { changeCopy } from './change-copy.ts'
import { changePayload } from './change-payload.ts'
import { delayRecord } from './delay-record.ts'
import { dropCommit } from './drop-commit.ts'
import { dropEvent } from './drop-event.ts'
import { dropProducerId } from './drop-producer-id.ts'
import { enlargeValue } from './enlarge-value.ts'
import { insertPhantom } from './insert-phantom.ts'
import { movePartition } from './move-partition.ts'
import { publishEarly } from './publish-early.ts'
import { splitTransaction } from './split-transaction.ts'
import { swapRecords } from './swap-records.ts'
import { weakenAcks } from './weaken-acks.ts'

/** One mutation a predicate, by the predicate's id. */
export const MUTATIONS: ReadonlyMap<string, Mutation<PublisherView>> = new Map(
  [
    dropEvent,
    insertPhantom,
    publishEarly,
    changePayload,
    splitTransaction,
    changeCopy,
    dropCommit,
    delayRecord,
    swapRecords,
    movePartition,
    weakenAcks,
    dropProducerId,
    enlargeValue,
  ].map((mutation) => [mutation.predicate, mutation]),
)
