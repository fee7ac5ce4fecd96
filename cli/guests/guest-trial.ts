import { UsageError } from '../../core/usage-error.ts'
import { GUESTS, type Guest, type GuestTrial } from '../../subjects/guests/catalogue.ts'

export interface OfGuest {
  readonly guest: Guest
  readonly trial: GuestTrial
}

export const ALL_TRIALS: readonly OfGuest[] = GUESTS.flatMap((guest) =>
  guest.trials.map((trial) => ({ guest, trial })),
)

/** @param name a guest's, or a guest's and one of its trials: `node/right` @throws {UsageError} no guest is called that */
export function trialsNamed(name: string): [OfGuest, ...OfGuest[]] {
  const [first, ...others] = ALL_TRIALS.filter(({ guest, trial }) =>
    [guest.name, `${guest.name}/${trial.name}`].includes(name),
  )
  if (first) return [first, ...others]
  const known = ALL_TRIALS.map(({ guest, trial }) => `${guest.name}/${trial.name}`)
  throw new UsageError(`no guest is called '${name}'`, { what: `there are ${known.join(', ')}` })
}
