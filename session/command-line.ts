import type { RunOptions, SessionOptions } from './options.ts'

/** What would have to be typed after `eventproof` for a run that a program asks for; its seed comes with the run. */
export function commandLineOf(opened: SessionOptions, asked: RunOptions): readonly string[] {
  const { config, twin, stack, features = [], steps = [], profile } = opened
  const { selection = [], repeat, jobs, events, disarm = [] } = asked
  const option = (name: string, ...values: readonly (string | number | undefined)[]) => {
    const given = values.filter((value) => value !== undefined)
    return given.length > 0 ? [name, ...given.map(String)] : []
  }
  return [
    'prove',
    ...selection,
    ...option('--config', config),
    ...option('--twin', twin),
    ...option('--stack', stack),
    ...option('--features', ...features),
    ...option('--steps', ...steps),
    ...option('--profile', profile),
    ...option('--repeat', repeat),
    ...option('--jobs', jobs),
    ...option('--events', events),
    ...(disarm.includes('all') ? ['--disarm'] : option('--disarm', ...disarm)),
  ]
}
