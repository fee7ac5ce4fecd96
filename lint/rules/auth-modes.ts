import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

/** What each way to authenticate over HTTP needs; one name of each group is enough. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  bearer: ['bearerToken'],
  basic: ['username'],
  tls: ['cert', 'key'],
  oauth: ['oauthTokenURI', 'clientID'],
  custom: ['customAuthHeader', 'customAuthValue'],
  apiKey: ['apiKey'],
}

/** Scalers that take some of the modes only. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = { rabbitmq: ['oauth', 'basic', 'tls'] }

const REWRITTEN = ['github-runner', 'pulsar']

/** authModes names a way to authenticate, and what it needs comes from nowhere. */
export const authModes: Rule = {
  name: 'auth-modes',
  text: {
    finds:
      'authModes without the parameters that the mode needs, or with a mode that the scaler does not have',
    keda: 'it makes no scaler: the ScaledObject is not Ready',
    source: 'pkg/scalers/authentication/authentication_types.go, Config.Validate and ValidateAllowed',
    write: 'an authenticationRef to a TriggerAuthentication that gives the parameters',
  },
  *check({ triggers }) {
    for (const trigger of triggers) {
      // Whoever has this parameter reads it by the common authentication.Config; two of them rewrite it first.
      if (
        !REWRITTEN.includes(trigger.type) &&
        trigger.scaler?.parameters.some(({ names }) => names.includes('authModes'))
      )
        yield* lacking(trigger)
    }
  },
}

function* lacking({ setting, type }: Trigger): Iterable<Complaint> {
  const { value, at } = setting('authModes')
  const modes = (value ?? '').split(',').map((mode) => mode.trim())
  for (const mode of modes.filter((each) => NEEDS[each] !== undefined)) {
    const allowed = ALLOWED[type]
    if (allowed !== undefined && !allowed.includes(mode)) {
      yield refused('scaler', at, `authModes ${mode} of ${type}`, `write one of ${allowed.join(', ')}`)
      continue
    }
    const missing = (NEEDS[mode] ?? []).filter((key) => setting(key).absent && !setting(key).given)
    if (missing.length > 0)
      yield refused(
        'scaler',
        at,
        `authModes ${mode} without ${missing.join(' and ')}`,
        `give ${missing.map((key) => `parameter: ${key}`).join(' and ')} in a TriggerAuthentication, named in authenticationRef`,
      )
  }
}
