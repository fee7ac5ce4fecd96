import type { ArtifactProgress, ControlResult, ProgressEvent, ScenarioProgress } from '../../core/progress.ts'
import { worst } from '../../proof/verdict.ts'

/** One finished fact as a line; undefined for events that only say that something goes on. */
export function factOf(event: ProgressEvent): string | undefined {
  switch (event.type) {
    case 'artifact':
      if (event.step === 'ready' && event.milliseconds) return `✓ ${event.artifact} obtained${extent(event)}`
      return event.step === 'failed' ? `✗ ${event.artifact} could not be obtained` : undefined
    case 'component':
      if (event.state === 'ready')
        return `✓ ${event.component} ready${seconds(event.milliseconds, ' in ')}${reached(event)}`
      return event.state === 'failed'
        ? `✗ ${event.component} did not start${event.reason === undefined ? '' : `: ${event.reason}`}`
        : undefined
    case 'run':
      return `run ${event.run}: ${event.scenarios} scenario${event.scenarios === 1 ? '' : 's'}`
    case 'note':
      return `${event.level === 'warning' ? '!' : '·'} ${event.text}`
    case 'scenario':
      if (event.state !== 'judged') return undefined
      return `${verdictOf(event)} ${event.title} · ${seconds(event.milliseconds)}${ofControls(event.controls ?? [], event.reason)}`
    case 'result':
      return undefined
  }
}

type Judged = Extract<ScenarioProgress, { readonly state: 'judged' }>

/** Its own controls' one: what broke besides has its place at the end of the line, and in the run's result. */
export function verdictOf({ verdict, controls = [] }: Judged): Judged['verdict'] {
  const own = controls.filter(({ besides }) => !besides)
  return own.length === 0 || own.length === controls.length ? verdict : worst(own.map((each) => each.verdict))
}

/** Each control's own result, where the controls of a scenario do not all say the same; first those that it is about. */
function ofControls(controls: readonly ControlResult[], reason: string): string {
  const groups = Object.values(
    Object.groupBy(controls, ({ besides, verdict, reason }) => `${besides} ${verdict} ${reason}`),
  ) as ControlResult[][]
  if (groups.length < 2) return reason && ` · ${reason}`
  return groups
    .toSorted(([a], [b]) => Number(a?.besides ?? false) - Number(b?.besides ?? false))
    .map(([first, ...more]) => {
      const ids = [first, ...more].map((each) => each?.id).join(' ')
      return ` · ${first?.besides ? 'besides ' : ''}${ids} ${first?.verdict}${first?.reason && ` ${first.reason}`}`
    })
    .join('')
}

function reached({ kubeconfig }: { readonly kubeconfig?: string }): string {
  return kubeconfig === undefined ? '' : ` · kubectl --kubeconfig ${kubeconfig}`
}

/** What is under way because of this event: a key to find it again, and words; undefined when it is over. */
export function activityOf(
  event: ProgressEvent,
): { readonly key: string; readonly says?: string } | undefined {
  switch (event.type) {
    case 'artifact': {
      const key = `artifact ${event.artifact}`
      if (event.step === 'ready' || event.step === 'failed') return { key }
      return {
        key,
        says: `${STEPS[event.step]} ${event.artifact}${extent({ ...event, milliseconds: undefined })}`,
      }
    }
    case 'component': {
      const key = `component ${event.component}`
      return event.state === 'starting' ? { key, says: `starting ${event.component}` } : { key }
    }
    case 'scenario':
      return scenarioActivity(event, `scenario ${event.scenario}`)
    default:
      return undefined
  }
}

function scenarioActivity(event: ScenarioProgress, key: string): ReturnType<typeof activityOf> {
  switch (event.state) {
    case 'queued':
      return undefined
    case 'judged':
      return { key }
    case 'started':
      return { key, says: event.title }
    case 'trial':
      return { key, says: `${event.scenario} · trial ${event.trial}/${event.trials}` }
    case 'entered':
      return { key, says: `${event.scenario} · trial ${event.trial} · inside ${event.window}` }
  }
}

export function seconds(milliseconds: number | undefined, before = ''): string {
  return milliseconds === undefined ? '' : `${before}${(milliseconds / 1000).toFixed(1)} s`
}

const STEPS = { download: 'downloading', build: 'building', train: 'training', verify: 'verifying' } as const

function extent(
  event: { readonly [K in 'bytes' | 'totalBytes' | 'milliseconds']?: ArtifactProgress[K] | undefined },
): string {
  const size = [event.bytes, event.totalBytes]
    .filter((n) => n !== undefined)
    .map((n) => `${(n / 1e6).toFixed(1)} MB`)
  return `${size.length > 0 ? ` ${size.join(' of ')}` : ''}${seconds(event.milliseconds, ' in ')}`
}
