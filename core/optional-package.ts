import { findPackageJSON } from 'node:module'
import manifest from '../package.json' with { type: 'json' }
import { EventproofError } from './error.ts'

/** Packages that npm does not install with us, since few users need them. */
export type OptionalPackage = keyof typeof manifest.peerDependencies

export class PackageMissing extends EventproofError {
  override readonly code = 'EVENTPROOF_PACKAGE_MISSING'
}

/** True where a package can be imported from `from`, the URL of a module; by default, where we can import it. */
export function isInstalled(name: OptionalPackage, from = import.meta.url): boolean {
  try {
    return findPackageJSON(name, from) !== undefined
  } catch {
    return false
  }
}

/** The command that installs the version that this one of ours is tested with. */
export function installCommand(name: OptionalPackage): string {
  return `npm install --save-dev ${name}@${manifest.devDependencies[name]}`
}

/**
 * @param needed what it is needed for: `consumers of the reference are written with it`
 * @throws {PackageMissing} where it is not installed
 */
export function requirePackage(name: OptionalPackage, needed: string, from?: string): void {
  if (isInstalled(name, from)) return
  throw new PackageMissing(`the package ${name} is not installed`, {
    what: `${needed}; it does not come with eventproof, since few need it`,
    hint: `${installCommand(name)}   beside eventproof`,
  })
}

/**
 * Loads an optional package when it is needed.
 * @param load `() => import('testcontainers')`
 * @throws {PackageMissing} where it is not installed; what the package itself throws while it is loaded
 */
export async function optionalPackage<T>(
  name: OptionalPackage,
  needed: string,
  load: () => Promise<T>,
): Promise<T> {
  requirePackage(name, needed)
  return load()
}
