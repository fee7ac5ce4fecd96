import type { Clock } from '../../core/clock.ts'
import type { Renderer } from './renderer.ts'
import { UnderWay } from './under-way.ts'
import { activityOf, factOf } from './wording.ts'

/** A CI server ends a job that says nothing for long; a reader wonders much earlier. */
const HEARTBEAT = 15_000

/** For logs: a line with the time for each beginning and each fact, and what is under way when nothing else is said. */
export function plainRenderer(clock: Clock, write: (text: string) => void): Renderer {
  const underWay = new UnderWay(clock)
  const begun = new Set<string>()
  const heartbeat = setInterval(() => {
    for (const line of underWay.lines()) say(`… ${line}`)
  }, HEARTBEAT)
  heartbeat.unref()

  function say(text: string): void {
    write(`${clock.now().toISOString().slice(11, 19)} ${text}\n`)
    heartbeat.refresh()
  }

  return {
    show(event) {
      underWay.apply(event)
      const fact = factOf(event)
      if (fact !== undefined) return say(fact)
      const activity = activityOf(event)
      if (activity?.says === undefined || begun.has(activity.key)) return
      begun.add(activity.key)
      say(`> ${activity.says}`)
    },
    [Symbol.dispose]() {
      clearInterval(heartbeat)
    },
  }
}
