import { changeCopy } from './change-copy.ts'
import { changePayload } from './change-payload.ts'
import { delayRecord } from './delay-record.ts'
import { dropCommit } from './drop-commit.ts'
import { dropEvent } from './drop-event.ts'
import type { Edit } from './edit.ts'
import { insertPhantom } from './insert-phantom.ts'
import { movePartition } from './move-partition.ts'
import { publishEarly } from './publish-early.ts'
import { splitTransaction } from './split-transaction.ts'
import { swapRecords } from './swap-records.ts'

/** One edit a checker, by the checker's id. */
export const EDITS: ReadonlyMap<string, Edit> = new Map(
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
  ].map((edit) => [edit.checker, edit]),
)
