import { idleWindow } from './others-write.ts'

/** W26: nothing is to be published, and others write. */
export const idlePublisher = idleWindow({
  id: 'W26',
  phrase: 'others write while nothing is to be published',
  title: 'nothing to publish, and others write',
  held: '3 MB into another table, then rest for longer than the recovery bound',
})
