/** Thrown to be printed: `message` is the title, `detail` the rest in order. */
export class BootstrapError extends Error {
  /** @param {string} code @param {string} title @param {Record<string, string | undefined>} detail @param {number} exitCode */
  constructor(code, title, detail, exitCode = 3) {
    super(title)
    this.code = code
    this.detail = detail
    this.exitCode = exitCode
  }
}
