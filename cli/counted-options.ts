import { Option } from 'commander'

/** What counts for the exit code of a run beside its verdict; the verdict itself depends on none of it. */
export const COUNTED: readonly Option[] = [
  new Option('--anti-patterns <what>', 'fail: exit code 1 where one is found; no verdict depends on it')
    .choices(['report', 'fail'])
    .default('report'),
  new Option(
    '--waivers <what>',
    'accept: what the config waives is still VIOLATED, and counts no more for the exit code',
  )
    .choices(['show', 'accept'])
    .default('show'),
]
