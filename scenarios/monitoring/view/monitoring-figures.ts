import type { Figures } from '../../../proof/figures.ts'
import type { Backlog, Stretch } from './backlog.ts'
import { isAnswer } from './backlog.ts'
import type { MonitoringView } from './monitoring-view.ts'
import { waitingInAll } from './waiting.ts'

/** What was seen of something that waits. */
export interface BacklogFigures {
  readonly backlog: string
  readonly unit: string
  /** Answers between two looks, and those of which the looks leave one number only. */
  readonly judged: number
  readonly exact: number
  /** The widest range that looks left for an answer, and by how much more a number may be off. */
  readonly widest: number
  readonly error: number
  readonly most: number
  /** Milliseconds from too much to the alert, and from as good as nothing to its end. */
  readonly fired: number | null
  readonly cleared: number | null
}

/** What was seen of a monitor. */
export interface MonitoringFigures extends Figures {
  readonly of: 'monitoring'
  /** Events and commands that came. */
  readonly events: number
  /** How often the monitor was asked, how often it answered, and how often while a worker was gone. */
  readonly asked: number
  readonly answered: number
  readonly answeredWhileDead: number
  readonly backlogs: readonly BacklogFigures[]
}

export function isMonitoringFigures(figures: Figures): figures is MonitoringFigures {
  return figures.of === 'monitoring'
}

export function monitoringFigures(view: MonitoringView): MonitoringFigures {
  const { events, inputs, commands, tolds, lastAt, backlogs } = view
  const answers = tolds.filter(isAnswer)
  return {
    of: 'monitoring',
    milliseconds: lastAt - (events[0]?.at ?? 0),
    events: inputs.length + commands.length,
    asked: tolds.length,
    answered: answers.length,
    answeredWhileDead: answers.filter(({ seq }) => view.deadAt(seq)).length,
    backlogs: backlogs.map(figuresOf),
  }
}

function figuresOf(backlog: Backlog): BacklogFigures {
  const { declared, judged, looks, turns, error } = backlog
  const widths = judged.map(({ before, after }) => {
    const { least, most } = waitingInAll(before, after)
    return most - least
  })
  const since = (firing: boolean, times: readonly Stretch[]) => {
    const turn = turns.find((one) => one.firing === firing)?.alert
    const began = turn && times.findLast(({ from }) => from.at <= turn.at)
    return turn && began ? turn.at - began.from.at : null
  }
  return {
    backlog: declared.of,
    unit: declared.unit,
    judged: judged.length,
    exact: widths.filter((width) => width === 0).length,
    widest: Math.max(0, ...widths),
    error,
    most: looks.reduce((most, look) => Math.max(most, waitingInAll(look, look).most), 0),
    fired: since(true, backlog.tooMuch),
    cleared: since(false, backlog.calm),
  }
}
