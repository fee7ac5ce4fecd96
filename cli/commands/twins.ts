import { TWINS } from '../../subjects/twins/catalogue.ts'
import type { Output } from '../output.ts'

/** Prints the catalogue: what each variant does wrong, and the violation that must find it. */
export async function twinsCommand(json: boolean, output: Output): Promise<number> {
  if (json) {
    output.result(JSON.stringify(TWINS, null, 2))
    return 0
  }
  const width = Math.max(...TWINS.map(({ name }) => name.length))
  for (const { name, control, expected, says } of TWINS) {
    output.result(`${name.padEnd(width)}  ${control}  ${expected.padEnd(28)}  ${says}`)
  }
  return 0
}
