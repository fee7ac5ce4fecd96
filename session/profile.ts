import type { RunContext } from '../scenarios/run-context.ts'
import type { Profile } from './options.ts'

/** Trials of each window, commands of the load in each control phase, and whether scalers keep their own seconds. */
export const PROFILES: Readonly<Record<Profile, Pick<RunContext, 'trials' | 'commands' | 'pace'>>> = {
  quick: { trials: 3, commands: 60, pace: 'quick' },
  full: { trials: 10, commands: 500, pace: 'quick' },
  guide: { trials: 3, commands: 60, pace: 'declared' },
}

/** Milliseconds between two looks of the autoscaler at the quick pace; its own default is 15 s. */
export const QUICK_AUTOSCALER = { autoscalerSync: 1000 }
