import { nearest } from '../core/nearest.ts'
import { UsageError } from '../core/usage-error.ts'
import { TWINS, type TwinEntry } from '../subjects/twins/catalogue.ts'

/** The shipped twin of that name. @throws {UsageError} with the closest name. */
export function twinNamed(name: string): TwinEntry {
  const twin = TWINS.find((each) => each.name === name)
  if (twin !== undefined) return twin
  const near = nearest(
    name,
    TWINS.map((each) => each.name),
  )
  throw new UsageError(`there is no twin ${name}`, {
    what: `none of the ${TWINS.length} in the catalogue has that name`,
    hint: near ? `did you mean ${near}?` : '`eventproof twins` lists them',
  })
}
