import { type GateName, gateFault } from '../history/gate-name.ts'
import type { ScenarioPlan } from '../history/plan.ts'
import { trialsOf } from '../history/trials.ts'
import type { View } from '../history/view.ts'
import { type Guard, isControlRun, metUnless, type WindowEvidence } from './guard.ts'

/** Guard 1: every trial was inside its window, shown with grade A or B, and every fault did something. */
export const tookEffect: Guard = {
  id: 'took-effect',
  title: 'every fault took effect inside its window',
  otherwise: 'VACUOUS',
  look(evidence) {
    if (isControlRun(evidence)) return { met: true, evidence: 'a control run: no fault is injected' }
    const { view, windows } = evidence
    const missing = [
      ...windows.map((window) => notEntered(window, view)),
      ...view.plan.gates.map((gate) => withoutWaiting(gate, view)),
      ...view.plan.faults.map((fault) => withoutEffect(fault, view)),
      ...view.disturbances.faults.map(({ name, target, tookEffect }) =>
        tookEffect.length > 0 ? undefined : `${name} on ${target} was armed and did nothing`,
      ),
    ].filter((reason) => reason !== undefined)
    const entries = windows.map(({ id, entries }) => `${id} entered ${entries.length}×`)
    return metUnless(
      [...new Set(missing)],
      [
        ...entries,
        ...[...view.plan.gates.map(gateFault), ...view.plan.faults].map((fault) => `${fault} took effect`),
      ].join(', '),
    )
  },
}

function notEntered({ id, window, entries, exclusions }: WindowEvidence, view: View): string | undefined {
  const { trials } = view.plan
  if (window === undefined) return `window ${id} is not known, so nobody can tell whether it was entered`
  const entered = entries.filter((entry) => entry !== undefined).length
  // A trial that the subject's design kept out takes nothing from those that were inside.
  const accounted = entries.every((entry, n) => (entry ?? exclusions[n]) !== undefined)
  if (entered > 0 && accounted && entries.length >= Math.max(1, trials)) return undefined
  const count = `window ${id} was entered in ${entered} of ${Math.max(entries.length, trials)} trials`
  if (entered === entries.length) return `${count}${endedEarly(id, view)}`
  const { shown } = window
  return `${count}${shown === undefined ? '' : `; it is entered when ${shown}`}${notesOf(id, entries, view)}`
}

/** All trials that were begun were inside, and there were fewer than planned. */
function endedEarly(id: string, view: View): string {
  const { end } = view
  if (end?.completed === false && end.reason !== undefined) return `: ${end.reason}`
  const last = trialsOf(view, id).at(-1)
  const why = textsOf(last ?? view).at(-1)
  return `; others were not begun: ${why ?? 'not all came through after that one'}`
}

/** What was written down of the first trial that was not inside: why it did not come to it. */
function notesOf(id: string, entries: WindowEvidence['entries'], view: View): string {
  const trial = trialsOf(view, id)[entries.indexOf(undefined)]
  const texts = textsOf(trial)
  return texts.length === 0
    ? '. If this machine is busy, try --jobs 1 and nothing beside it; else the logs of the run tell what the service did instead'
    : ` (trial ${trial?.number}: ${texts.join('; ')})`
}

function textsOf(trial: Pick<View, 'events'> | undefined): readonly string[] {
  return trial?.events.flatMap((event) => (event.kind === 'note' ? [event.text] : [])) ?? []
}

function withoutEffect(fault: string, { disturbances, plan }: View): string | undefined {
  const tookEffect = disturbances.faults.some(
    ({ name, tookEffect }) => name === fault && tookEffect.length > 0,
  )
  return tookEffect ? undefined : `${fault} did not take effect${switchedOff(fault, plan)}`
}

function withoutWaiting(gate: GateName, { disturbances, plan }: View): string | undefined {
  if (disturbances.gates.some((one) => one.gate === gate && one.waiting.length > 0)) return undefined
  return `nobody waited at the ${gate} gate${switchedOff(gateFault(gate), plan)}`
}

function switchedOff(fault: string, { disarmed }: ScenarioPlan): string {
  return disarmed.includes(fault) ? ' (switched off)' : ''
}
