import { bite } from './bite.ts'
import { checkerAlive } from './checker-alive.ts'
import { control } from './publish/control.ts'
import type { Guard } from './guard.ts'
import { instruments } from './instruments.ts'
import { load } from './publish/load.ts'
import { observerComplete } from './publish/observer-complete.ts'
import { recovery } from './publish/recovery.ts'

/** In the order in which their failure explains a verdict best: a blind witness before a fault that seems not to bite. */
export const GUARDS: readonly Guard[] = [
  observerComplete,
  instruments,
  bite,
  load,
  recovery,
  control,
  checkerAlive,
]
