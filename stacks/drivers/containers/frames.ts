import { Transform } from 'node:stream'

/** Takes the engine's frames apart: eight bytes before each piece of output say whose it is and how long. */
export function withoutFrames(): Transform {
  let rest: Buffer = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _, done) {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 8) {
        const length = rest.readUInt32BE(4)
        if (rest.length < 8 + length) break
        this.push(rest.subarray(8, 8 + length))
        rest = rest.subarray(8 + length)
      }
      done()
    },
  })
}
