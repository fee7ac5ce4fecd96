import { z } from 'zod'
import { STRATEGIES } from '../schemas/subject-name.ts'

/** By what the subjects of values are named at a schema registry; default `topic`. */
export const strategy = z.enum(STRATEGIES).exactOptional()

/** That values are written through a schema registry. */
export const registry = z.strictObject({ strategy })
