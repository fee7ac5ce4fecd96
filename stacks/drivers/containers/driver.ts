import { Cache } from '../../../core/cache.ts'
import { cacheFolder } from '../../../core/cache-folder.mjs'
import { requirePackage } from '../../../core/optional-package.ts'
import type { Driver, StackOptions } from '../../driver.ts'
import type { Stack } from '../../stack.ts'
import { KeptClusters } from './cluster/kept-clusters.ts'
import { diagnose } from './doctor.ts'
import { Engine } from './engine.ts'
import { engineAddress } from './engine-address.ts'
import { ImageStore } from './images/image-store.ts'
import { offer } from './offer.ts'
import { PACKAGES } from './packages.ts'
import { orphanedRuns, sweep } from './sweep.ts'

/** The real components as containers, by Testcontainers. */
export const driver: Driver = { open, diagnose, rank: 1, offer, images, collect }

/** @throws {EngineUnavailable} {PackageMissing} before anything else is loaded */
async function open(options: StackOptions): Promise<Stack> {
  await Engine.reach()
  for (const name of PACKAGES) requirePackage(name, 'the driver "containers" starts its components with it')
  return (await import('./open-containers.ts')).openContainers(options)
}

async function images({ cache, onProgress = () => {} }: Pick<StackOptions, 'cache' | 'onProgress'>) {
  return new ImageStore(await Engine.reach(), new Cache(cache ?? cacheFolder(), onProgress), onProgress)
}

async function collect(): Promise<readonly string[]> {
  if (engineAddress() === undefined) return []
  const engine = await Engine.reach()
  const lines: string[] = []
  const kept = new KeptClusters(engine, cacheFolder())
  for (const run of await orphanedRuns(engine)) {
    if (await kept.used(run)) continue
    const { containers, networks } = await sweep(engine, run)
    lines.push(`run ${run}: ${containers} containers and ${networks} networks removed`)
  }
  return lines
}
