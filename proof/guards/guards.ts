import { bite } from './bite.ts'
import { checkerAlive } from './checker-alive.ts'
import { control } from './control.ts'
import type { Guard } from './guard.ts'
import { instruments } from './instruments.ts'
import { load } from './load.ts'
import { observerComplete } from './observer-complete.ts'
import { recovery } from './recovery.ts'

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
