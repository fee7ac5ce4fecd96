import type { Figures } from '../../../proof/figures.ts'
import { isAnswer, type MonitoringView } from './monitoring-view.ts'
import { waitedInAll } from './waited.ts'

/** What was seen of a consumer that is watched. */
export interface MonitoringFigures extends Figures {
  readonly of: 'monitoring'
  readonly events: number
  /** How often the monitor was asked, how often it answered, and how often while no consumer ran. */
  readonly asked: number
  readonly answered: number
  readonly answeredWhileDead: number
  /** Answers between two looks that leave one number only. */
  readonly exact: number
  /** The widest range that looks left for an answer. */
  readonly widest: number
  readonly mostWaited: number
  /** Milliseconds from too many events to the alert, and from none that waited to its end. */
  readonly fired: number | null
  readonly cleared: number | null
}

export function isMonitoringFigures(figures: Figures): figures is MonitoringFigures {
  return figures.of === 'monitoring'
}

export function monitoringFigures(view: MonitoringView): MonitoringFigures {
  const { events, inputs, tolds, judged, looks, turns, lastAt } = view
  const widths = judged.map(({ before, after }) => {
    const { least, most } = waitedInAll(before, after)
    return most - least
  })
  const answers = tolds.filter(isAnswer)
  const above = view.plan.monitoring.alert?.above ?? Number.POSITIVE_INFINITY
  const since = (firing: boolean, matches: Parameters<typeof view.stretches>[0]) => {
    const turn = turns.find((one) => one.firing === firing)?.alert
    const began = turn && view.stretches(matches).findLast(({ from }) => from.at <= turn.at)
    return turn && began ? turn.at - began.from.at : null
  }
  return {
    of: 'monitoring',
    milliseconds: lastAt - (events[0]?.at ?? 0),
    events: inputs.length,
    asked: tolds.length,
    answered: answers.length,
    answeredWhileDead: answers.filter(({ seq }) => view.deadAt(seq)).length,
    exact: widths.filter((width) => width === 0).length,
    widest: Math.max(0, ...widths),
    mostWaited: looks.reduce((most, look) => Math.max(most, waitedInAll(look, look).most), 0),
    fired: since(true, ({ least }) => least > above),
    cleared: since(false, ({ most }) => most === 0),
  }
}
