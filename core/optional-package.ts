import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import manifest from '../package.json' with { type: 'json' }
import { EventproofError } from './error.ts'

/** Packages that npm does not install with us, since few users need them. */
export type OptionalPackage = keyof typeof manifest.peerDependencies

export class PackageMissing extends EventproofError {
  override readonly code = 'EVENTPROOF_PACKAGE_MISSING'
}

/**
 * What keeps a package from being used: `is not installed`, or that it is another major version than the one that we
 * are tested with. Undefined where nothing does.
 * @param from the URL of a module that would import it; by default, of this one
 */
export function lackOf(name: OptionalPackage, from = import.meta.url): string | undefined {
  const found = versionOf(name, from)
  if (found === undefined) return 'is not installed'
  const major = majorOf(tested(name))
  return majorOf(found) === major ? undefined : `is installed as ${found}, and ${major}.x is needed`
}

/** The command that installs the version that this one of ours is tested with. */
export function installCommand(name: OptionalPackage): string {
  return `npm install --save-dev ${name}@${manifest.devDependencies[name]}`
}

/**
 * @param needed what it is needed for: `consumers of the reference are written with it`
 * @throws {PackageMissing} where it can't be used
 */
export function requirePackage(name: OptionalPackage, needed: string, from?: string): void {
  const lack = lackOf(name, from)
  if (lack === undefined) return
  throw new PackageMissing(`the package ${name} ${lack}`, {
    what: `${needed}; it does not come with eventproof, since few need it`,
    hint: `${installCommand(name)}   beside eventproof`,
  })
}

/**
 * Loads an optional package when it is needed.
 * @param load `() => import('testcontainers')`
 * @throws {PackageMissing} where it can't be used; what the package itself throws while it is loaded
 */
export async function optionalPackage<T>(
  name: OptionalPackage,
  needed: string,
  load: () => Promise<T>,
): Promise<T> {
  requirePackage(name, needed)
  return load()
}

function versionOf(name: OptionalPackage, from: string): string | undefined {
  try {
    const path = findPackageJSON(name, from)
    return path && JSON.parse(readFileSync(path, 'utf8')).version
  } catch {
    return undefined
  }
}

/** `npm:@platformatic/kafka@1.35.0` is another name for version 1.35.0 of something. */
function tested(name: OptionalPackage): string {
  const version = manifest.devDependencies[name]
  return version.slice(version.lastIndexOf('@') + 1)
}

function majorOf(version: string): string {
  return version.split('.', 1)[0] as string
}
