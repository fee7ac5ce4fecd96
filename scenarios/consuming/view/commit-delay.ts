import type { ConsumerView } from './consumer-view.ts'

/**
 * Milliseconds from an effect to the first commit past its event, the longest before anything was hurt: a group that
 * commits by the clock shows its interval here. 0 where nothing was seen.
 */
export function commitDelay(view: ConsumerView): number {
  const { inputs, group, phases } = view
  const hurt = phases.find(({ phase }) => phase === 'fault')?.seq ?? Number.POSITIVE_INFINITY
  let longest = 0
  for (const input of inputs) {
    if (input.seq > hurt) break
    const effect = view.event(input.event)?.effects[0]?.tx
    const commit = group.firstPast(input)
    if (effect !== undefined && commit !== undefined && commit.seq < hurt)
      longest = Math.max(longest, commit.at - effect.at)
  }
  return longest
}
